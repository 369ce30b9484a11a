#!/bin/sh
# A build is killed at each of its system calls in turn: every page stays whole, none that the old and the new
# site have is missing at any step, and the next build makes the site exactly right.
fast=yes
. "$(dirname "$0")/common.sh"
killer=$2
stride=${3:-1} # sanitizers make each run slow
pages=8
site=$work/site

"$killer" 0 "$driver" build "$work/probe" A 1 1 >/dev/null 2>"$work/log"
[ $? != 2 ] || skip "processes cannot be traced here"
rm -rf "$work/probe" "$work"/.probe*

# The generation that is not $1.
other() {
	if [ "$1" = A ]; then echo B; else echo A; fi
}

# Kill at one step after the other until the build outlives it. Kinds: "first" has no site before,
# "hidden" a hidden file of the user; "later" changes one generation to the other, and then goes on with
# it; "back" returns to the one before, so that what the killed build brought has to go.
all_steps() {
	kind=$1
	step=0
	steps=0
	now=A
	must "$driver" build "$site" $now $pages 1
	while [ $step -lt 2000 ]; do
		missing=missing
		case $kind in
		first) rm -rf "$site" ;;
		hidden) rm -rf "$site" && mkdir "$site" && echo '*' >"$site/.gitignore" ;;
		*) missing= ;;
		esac
		next=$(other $now)
		"$killer" $step "$driver" build "$site" "$next" $pages 1 >"$work/log" 2>&1
		ended=$?
		[ "$ended" != 2 ] || fail "step $step cannot be traced"
		if [ "$kind" = hidden ]; then
			[ "$(cat "$site/.gitignore" 2>&1)" = '*' ] || fail "step $step: .gitignore is lost"
			rm "$site/.gitignore"
		fi
		[ "$kind" = back ] || now=$next
		"$driver" mend "$site" $now $pages $missing >"$work/log" 2>&1 ||
			fail "$kind build killed at step $step"
		[ $ended = 0 ] || break
		step=$((step + stride))
		steps=$((steps + 1))
	done
	[ $step -gt 50 ] && [ $step -lt 2000 ] || fail "$step steps are not to be believed"
	echo "$kind build: killed at $steps of $step steps"
}

all_steps first
all_steps hidden
all_steps later
all_steps back
