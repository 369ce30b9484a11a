# common -- what scripts/site and scripts/test share.  Sourced with $root set.
#
# Packages are installed by apt only when one is missing; with all of them there
# nothing is run as root and no network is needed.

exec < /dev/null
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

# A package, or package=command where a command of that name from elsewhere does as well.
core_packages='gcc=gcc libc6-dev cmake=cmake ninja-build=ninja pkg-config=pkg-config
	libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libjansson-dev
	libutf8proc-dev libxxhash-dev libgumbo-dev libexpat1-dev libminizip-dev zlib1g-dev'

say()
{
	printf '%s\n' "$*"
}

die()
{
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
	exit 1
}

package_is_there()
{
	case $1 in
	*=*) command -v "${1#*=}" > /dev/null 2>&1 && return 0 ;;
	esac
	[ "$(dpkg-query -W -f '${db:Status-Status}' "${1%%=*}" 2> /dev/null)" = installed ]
}

# The packages of the list that are not installed.
missing_packages()
{
	for package in "$@"; do
		package_is_there "$package" || printf ' %s' "${package%%=*}"
	done
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo > /dev/null 2>&1; then
		sudo DEBIAN_FRONTEND=noninteractive "$@"
	else
		die "not root and no sudo; run as root: $*"
	fi
}

# need_packages PACKAGE...: install what is missing of it.
need_packages()
{
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	command -v apt-get > /dev/null 2>&1 ||
		die "these Debian packages, or what your system calls them, are needed:$missing"
	say "installing:$missing"
	log=$(mktemp)
	# shellcheck disable=SC2086 # the list is words
	if as_root apt-get update > "$log" 2>&1 &&
		as_root apt-get install -y --no-install-recommends $missing >> "$log" 2>&1; then
		rm -f "$log"
		return 0
	fi
	tail -n 20 "$log" >&2
	rm -f "$log"
	die "apt could not install:$missing"
}

# compile PRESET [-DOPTION...] [-- TARGET...]: configure and build in build/PRESET, quiet when all is well.
compile()
{
	preset=$1
	shift
	options=
	while [ $# -gt 0 ]; do
		case $1 in
		--) shift; break ;;
		*) options="$options $1"; shift ;;
		esac
	done
	mkdir -p "$root/build"
	log=$root/build/$preset.log
	# shellcheck disable=SC2086 # the options are words
	(cd "$root" && cmake --preset "$preset" $options) > "$log" 2>&1 || {
		cat "$log" >&2
		die "cmake --preset $preset failed"
	}
	ninja -C "$root/build/$preset" --quiet "$@" > "$log" 2>&1 || {
		tail -n 60 "$log" >&2
		die "the $preset build failed (all of it: $log)"
	}
}
