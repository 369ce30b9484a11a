#!/bin/sh
# gen run is killed while an example runs: nothing of it is left, and its record is not written.
set -eu
gen=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mark=7$$.25
mkdir "$work/content"
cat > "$work/content/a.md" << END
# Killed

\`\`\`bash run timeout=100s
setsid sleep $mark &
sleep $mark
\`\`\`
END

# left: are there processes with the mark? Written so that this one is none of them.
left()
{
	for line in /proc/[0-9]*/cmdline; do
		if { tr '\0' ' ' < "$line"; } 2> /dev/null | grep -q "^sleep $mark"; then
			return 0
		fi
	done
	return 1
}

# within SECONDS COMMAND...
within()
{
	tries=$(($1 * 20))
	shift
	while ! "$@"; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || return 1
		sleep 0.05
	done
}

none_left()
{
	! left
}

"$gen" run -s "$work" > "$work/said" 2>&1 &
pid=$!
if ! within 20 left; then
	kill -9 "$pid" 2> /dev/null || true
	if grep -q 'no sandbox works here' "$work/said"; then
		cat "$work/said"
		exit 77
	fi
	cat "$work/said"
	echo "the example did not start"
	exit 1
fi
kill -9 "$pid"
wait "$pid" 2> /dev/null || true
if ! within 10 none_left; then
	echo "something outlived gen"
	exit 1
fi
[ ! -e "$work/content/a.runs" ] || { echo "there is a record"; exit 1; }
echo "1 passed, 0 failed"
