#!/bin/sh
# Readers during hundreds of commits never see a part of a page, nor miss one that was there before and after.
fast=yes
. "$(dirname "$0")/common.sh"

pages=60
site=$work/site
must "$driver" build "$site" A $pages 1 9000
for reader in 1 2; do
	"$driver" read "$site" $pages 9000 60 >"$work/reader$reader" 2>&1 &
	children="$children $!"
done
must "$driver" turns "$site" $pages 9000 300
kill $children 2>/dev/null
n=1
for child in $children; do
	wait "$child" || fail "a reader: $(cat "$work/reader$n")"
	n=$((n + 1))
done
children=
must "$driver" verify "$site" A $pages 9000
echo "300 commits, read by two: $(cat "$work"/reader? | tr '\n' ' ')"
