# cmake --install, and a .deb: cpack --config build/release/CPackConfig.cmake
#
# The theme is inside the program; the copy under share/gen is there to start one's own from.
include(GNUInstallDirs)

if(NOT TARGET gen)
	return()
endif()

install(TARGETS gen RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/templates DESTINATION ${CMAKE_INSTALL_DATADIR}/gen)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(FILES ${CMAKE_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

# Man page and completions are printed by the program, from its own table of options.
function(install_printed file folder name)
	set(made ${CMAKE_BINARY_DIR}/install/${file})
	install(CODE "
		file(MAKE_DIRECTORY \"${CMAKE_BINARY_DIR}/install\")
		execute_process(COMMAND \"$<TARGET_FILE:gen>\" ${ARGN}
			OUTPUT_FILE \"${made}\" COMMAND_ERROR_IS_FATAL ANY)")
	install(FILES ${made} DESTINATION ${folder} RENAME ${name})
endfunction()
if(NOT CMAKE_CROSSCOMPILING)
	install_printed(gen.1 ${CMAKE_INSTALL_MANDIR}/man1 gen.1 help --man)
	install_printed(gen.bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions gen completions bash)
	install_printed(gen.zsh ${CMAKE_INSTALL_DATADIR}/zsh/site-functions _gen completions zsh)
	install_printed(gen.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d gen.fish completions fish)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gen)
set(CPACK_PACKAGE_CONTACT "gen developers <gen@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "publishes language comparisons as a static site")
set(CPACK_PACKAGE_DESCRIPTION "gen turns articles in Markdown into a static site in which comparison tables,
decision matrices and code of several languages are first-class.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEBUGINFO_PACKAGE OFF)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
	WORLD_READ WORLD_EXECUTE)
include(CPack)
