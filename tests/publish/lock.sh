#!/bin/sh
# Two builds into one folder at the same time: the second one says so, and disturbs nothing.
. "$(dirname "$0")/common.sh"

site=$work/site

# Hold the site open in one process, until its input ends.
hold() {
	rm -f "$work/in" "$work/out"
	mkfifo "$work/in" "$work/out"
	"$driver" hold "$site" <"$work/in" >"$work/out" &
	holder=$!
	children=$holder
	exec 8>"$work/in"
	read -r line <"$work/out"
	[ "$line" = held ] || fail "the site could not be held"
}

for round in first later; do
	hold
	must_not "$driver" build "$site" A 50
	said "another gen is writing into '$site'"
	exec 8>&-
	wait $holder || fail "the first build was disturbed ($round)"
	children=
	must "$driver" build "$site" A 50
	must "$driver" verify "$site" A 50
done

# The lock of a killed process is none.
hold
kill -KILL $holder
wait $holder 2>/dev/null
exec 8>&-
children=
must "$driver" build "$site" B 50
must "$driver" verify "$site" B 50
[ ! -e "$site/.gen-stage" ] || fail "leavings of the killed build"
echo "the second of two builds is refused, a killed one is not waited for"
