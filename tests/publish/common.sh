# Sourced by the scripts here: a scratch folder in $work that goes at the end, and words for checks.
# With fast=yes it is in memory where that is possible: some disks become slow when many files are removed.
set -u
driver=$1
scratch=${TMPDIR:-/tmp}
if [ "${fast:-no}" = yes ] && [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ]; then
	scratch=/dev/shm
fi
work=$(mktemp -d "$scratch/gen-publish-XXXXXX") || exit 1
mounted=
children=

leave() {
	status=$?
	for child in $children; do
		kill "$child" 2>/dev/null
	done
	[ -z "$mounted" ] || umount "$mounted"
	rm -rf "$work"
	exit $status
}
trap leave EXIT
trap 'exit 1' INT TERM

fail() {
	echo "FAILED: $*" >&2
	[ ! -f "$work/log" ] || sed 's/^/    /' "$work/log" >&2
	exit 1
}

skip() {
	echo "skipped: $*"
	exit 77
}

# Run a command that must succeed, or must fail; what it prints is in $work/log.
must() {
	"$@" >"$work/log" 2>&1 || fail "$*"
}

must_not() {
	if "$@" >"$work/log" 2>&1; then
		fail "should have failed: $*"
	fi
}

said() {
	grep -q -- "$1" "$work/log" || fail "did not say \"$1\""
}
