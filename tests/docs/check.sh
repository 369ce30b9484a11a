#!/bin/sh
# The documentation builds as a site without a warning; its reference is that of the program; the first article of
# its guide, and that of the README, do what they say.
set -eu
gen=$1
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

reference_is_current()
{
	"$gen" help config > "$work/config.md"
	sed '1,/^---$/d' docs/configuration.md | sed '1{/^$/d;}' > "$work/committed.md"
	diff "$work/committed.md" "$work/config.md"
}

# first_script FILE: its first fence of four backticks marked sh.
first_script()
{
	sed -n '/^````sh$/,/^````$/p' "$1" | sed '1d; /^````$/,$d'
}

first_article_builds()
{
	first_script "$1" > "$work/script"
	[ -s "$work/script" ] || return 1
	rm -rf "$work/guide"
	mkdir "$work/guide"
	(cd "$work/guide" && sh -eu "$work/script" && "$gen" build --strict -s mysite &&
		grep -q 'Go wins' mysite/site/go-or-rust/index.html)
}

check "docs build without a warning" "$gen" build --strict -s docs -o "$work/docs"
check "docs/configuration.md is what \`gen help config\` prints" reference_is_current
check "the guide's first article builds" first_article_builds docs/guide.md
check "the README's first article builds" first_article_builds README.md
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
