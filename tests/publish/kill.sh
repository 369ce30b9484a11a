#!/bin/sh
# A build killed at any moment leaves every page whole, and the next build makes the site exactly right.
fast=yes
. "$(dirname "$0")/common.sh"

pages=200
site=$work/site

# Microseconds that one build takes here, so that kills fall all over it.
clock() {
	echo $(($(date +%s%N) / 1000))
}
start=$(clock)
must "$driver" build "$work/timing" A $pages
took=$(($(clock) - start))
rm -rf "$work/timing"

# Spread evenly, and the same in each run.
random=12345
next_random() {
	random=$(((random * 1103515245 + 12345) % 2147483648))
}

killed=0
round=0
generation=A
while [ $killed -lt 64 ] && [ $round -lt 400 ]; do
	next_random
	delay=$((random / 16 % (took / 2) + 1))
	# Each fourth round begins with no site, the others go from one generation to the next.
	missing=
	if [ $((round % 4)) -eq 0 ]; then
		rm -rf "$site"
		missing=missing
	fi
	"$driver" build "$site" $generation $pages >/dev/null 2>&1 &
	child=$!
	sleep "$(printf '%d.%06d' $((delay / 1000000)) $((delay % 1000000)))"
	if kill -KILL $child 2>/dev/null; then
		killed=$((killed + 1))
	fi
	wait $child 2>/dev/null
	must "$driver" mend "$site" $generation $pages $missing
	if [ $generation = A ]; then generation=B; else generation=A; fi
	round=$((round + 1))
done
[ $killed -ge 60 ] || fail "only $killed builds were killed in $round rounds"
echo "$killed builds killed in $round rounds: every page whole, every repair exact"
