#!/bin/sh
# Texts as they were found: each becomes an article that builds, and none of its words is lost.
#
#     seeds.sh GEN FOLDER     FOLDER/000*.txt to 004*.txt; without them the test is skipped
set -eu
gen=$1
seeds=$2
here=$(cd "$(dirname "$0")" && pwd)
post=$(ls "$seeds"/004*.txt 2> /dev/null || true)
if [ -z "$post" ]; then
	echo "skipped: no texts in $seeds"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

check()
{
	name=$1
	shift
	if "$@" > "$work/log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
		head -n 30 "$work/log"
	fi
}

has()
{
	grep -q -- "$2" "$1" || { echo "no '$2' in $1"; return 1; }
}

has_not()
{
	! grep -q -- "$2" "$1" || { echo "there is '$2' in $1"; return 1; }
}

count()
{
	found=$(grep -c -- "$2" "$1" || true)
	[ "$found" = "$3" ] || { echo "$found lines with '$2' in $1, expected $3"; return 1; }
}

import_all()
{
	"$gen" import wordpress "$post" -s "$work" > "$work/wordpress.txt" &&
		"$gen" import text "$seeds"/000*.txt "$seeds"/001*.txt "$seeds"/002*.txt "$seeds"/003*.txt -s "$work" \
			> "$work/text.txt"
}

check "all are imported" import_all
article=$(ls "$work"/content/go-vs-python-for-development*.md)
pasted=$(ls "$work"/content/003*.md)
check "the post has 38 headings" count "$article" '^## ' 38
check "the post has no span" has_not "$article" '<span'
check "what was dropped is said" has "$work/wordpress.txt" 'dropped: 192 spans'
check "the pasted text has its four fences again" count "$pasted" '^```[gp]' 4
check "its table has its heading in place" has "$pasted" '^| | Go | Python |$'
check "its headings are headings" has "$pasted" '^## Side-by-side$'
check "drawn tables are tables" has "$work/text.txt" '6 tables drawn with spaces'
check "a damaged character is said" has "$work/text.txt" 'saved in the wrong encoding'

import_again()
{
	import_all && has "$work/wordpress.txt" '^0 written, 1 unchanged' && has "$work/text.txt" '^0 written, 4 unchanged'
}
check "importing again changes nothing" import_again

mend()
{
	"$gen" import text "$seeds"/000*.txt -s "$work" --repair-encoding --force > "$work/mended.txt" &&
		has "$work"/content/000*.md 'Go’s goroutines'
}
check "--repair-encoding mends it" mend
check "all of it builds" "$gen" build -s "$work"
check "the page has every word of the post" python3 "$here/words.py" "$post" \
	"$work/site/$(basename "$article" .md)/index.html"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
