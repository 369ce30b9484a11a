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

# Kill at one step after the other until the build outlives it.
all_steps() {
	step=0
	steps=0
	generation=A
	while [ $step -lt 2000 ]; do
		[ "$1" = later ] || rm -rf "$site"
		[ "$1" != hidden ] || { mkdir "$site" && echo '*' >"$site/.gitignore"; }
		"$killer" $step "$driver" build "$site" $generation $pages 1 >"$work/log" 2>&1
		ended=$?
		[ "$ended" != 2 ] || fail "step $step cannot be traced"
		if [ "$1" = hidden ]; then
			[ "$(cat "$site/.gitignore" 2>&1)" = '*' ] || fail "step $step: .gitignore is lost"
			rm "$site/.gitignore"
		fi
		missing=
		[ "$1" = later ] || missing=missing
		"$driver" mend "$site" $generation $pages $missing >"$work/log" 2>&1 ||
			fail "$1 build killed at step $step"
		[ $ended = 0 ] || break
		if [ $generation = A ]; then generation=B; else generation=A; fi
		step=$((step + stride))
		steps=$((steps + 1))
	done
	[ $step -gt 50 ] && [ $step -lt 2000 ] || fail "$step steps are not to be believed"
	echo "$1 build: killed at $steps of $step steps"
}

all_steps first
all_steps hidden
all_steps later
