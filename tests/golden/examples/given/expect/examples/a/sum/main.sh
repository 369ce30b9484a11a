echo "$A" "$2"
cat
