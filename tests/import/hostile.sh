#!/bin/sh
# Input made to hurt: it ends soon, with a message or an article, and leaves nothing half-written.
set -eu
gen=$1
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
passed=0
failed=0

# expect STATUS PATTERN COMMAND...: the command ends within a minute with that status and says that.
expect()
{
	status=$1
	pattern=$2
	shift 2
	code=0
	timeout 60 "$@" > "$work/log" 2>&1 || code=$?
	if [ "$code" = "$status" ] && grep -q -- "$pattern" "$work/log"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $*: status $code, expected $status and '$pattern'"
		head -c 2000 "$work/log"
	fi
}

# post FILE HTML-PROGRAM: a post whose HTML the Python program prints.
post()
{
	python3 -c "import json; print(json.dumps({'slug': '$1', 'title': 'T', 'content': $2}))" > "$work/$1.json"
}

post deep "'<div>' * 400000"
expect 1 'nested more than 200 levels' "$gen" import wordpress "$work/deep.json" -s "$work"
post bold "'<p><b></p>' * 50000"
expect 0 '1 written' "$gen" import wordpress "$work/bold.json" -s "$work"
post adoption "'<b><i><a href=x>' * 190 + 'x' + '</b></a></i>' * 190"
expect 1 'nested more than 200 levels' "$gen" import wordpress "$work/adoption.json" -s "$work"
post codes "'<p>' + '<code>a</code>' * 200000"
expect 0 '1 written' "$gen" import wordpress "$work/codes.json" -s "$work"
post cells "'<table>' + '<tr><td colspan=99>x' * 20000"
expect 0 '1 written' "$gen" import wordpress "$work/cells.json" -s "$work"
post large "'<p>x</p>' * 2000000"
expect 1 'more than the 10 MB' "$gen" import wordpress "$work/large.json" -s "$work"
post brackets "'<p>' + '[' * 300000 + '*_' * 100000"
expect 0 '1 written' "$gen" import wordpress "$work/brackets.json" -s "$work"

python3 -c "print('{{< ' * 300000)" > "$work/braces.md"
expect 0 '1 written' "$gen" import hugo "$work/braces.md" -s "$work"
python3 -c "print('{% highlight %}' * 200000)" > "$work/2020-01-01-tags.md"
expect 0 '1 written' "$gen" import jekyll "$work/2020-01-01-tags.md" -s "$work"
python3 -c "print('+++'); print('a = ' + '[' * 100000); print('+++')" > "$work/lists.md"
expect 1 'less nesting' "$gen" import hugo "$work/lists.md" -s "$work"
python3 -c "print('import (\n' * 200000)" > "$work/code.txt"
expect 0 '1 written' "$gen" import text "$work/code.txt" -s "$work"
python3 -c "print('\u00c3\u00a2\u20ac' * 200000)" > "$work/damage.txt"
expect 0 '1 written' "$gen" import text "$work/damage.txt" -s "$work" --repair-encoding

expect 1 'No such file' "$gen" import wordpress "$work/nothing.json" -s "$work"
expect 1 'this is a folder' "$gen" import wordpress "$work" -s "$work"
expect 2 'no such folder to import into' "$gen" import wordpress "$work/bold.json" -s "$work/nowhere"
mkfifo "$work/pipe"
expect 1 'cannot read' "$gen" import text "$work/pipe" -s "$work"
expect 2 'something is missing' "$gen" import wordpress

leftovers=$(find "$work/content" -type f ! -name '*.md' | head -n 3)
[ -z "$leftovers" ] || { failed=$((failed + 1)); echo "FAILED: left behind: $leftovers"; }
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
