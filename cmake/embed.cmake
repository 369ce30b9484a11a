# Write a C file that holds the files of a folder as bytes:
#   cmake -DFOLDER=templates -DOUTPUT=theme_embedded.c -P embed.cmake
# Files are sorted, so the result depends on their names and bytes alone.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(arrays "")
set(rows "")
set(count 0)
foreach(name ${files})
	if(name MATCHES "(^|/)\\.|~$")
		continue()
	endif()
	file(READ ${FOLDER}/${name} hex HEX)
	# Long lines are slow to match; one regular expression over the whole is quick enough.
	string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
	file(SIZE ${FOLDER}/${name} size)
	string(APPEND arrays "static const unsigned char file_${count}[] = { ${bytes} 0 };\n")
	string(APPEND rows "\t{ \"${name}\", file_${count}, ${size} },\n")
	math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"site/theme.h\"\n\n${arrays}
const struct theme_file theme_embedded[] = {\n${rows}\t{ 0, 0, 0 },\n};
const size_t theme_embedded_count = ${count};\n")
