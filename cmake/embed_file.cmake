# Write a C file that holds one file as bytes, NAME_bytes and NAME_size, declared by HEADER:
#   cmake -DFILE=reload.js -DNAME=script -DHEADER=preview/script.h -DOUTPUT=script.c -P embed_file.cmake
file(READ ${FILE} hex HEX)
file(SIZE ${FILE} size)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT} "#include \"${HEADER}\"

const unsigned char ${NAME}_bytes[] = { ${bytes} 0 };
const size_t ${NAME}_size = ${size};
")
