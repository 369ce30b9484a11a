#!/bin/sh
# A full disk: the old site stays as it is, the message says why, and nothing is left behind.
. "$(dirname "$0")/common.sh"

[ "$(id -u)" = 0 ] || skip "mounting a small file system needs root"
mkdir "$work/disk"
mount -t tmpfs -o size=2m none "$work/disk" 2>"$work/log" ||
	skip "a tmpfs cannot be mounted here: $(cat "$work/log")"
mounted=$work/disk
site=$work/disk/site

# A first build that does not fit leaves nothing.
must_not "$driver" build "$site" A 100 2 40000
said "No space left on device"
said "make room"
[ -z "$(ls -A "$work/disk")" ] || fail "leavings: $(ls -A "$work/disk")"

# One that fits, and a later one that does not: changed pages need room beside the old ones.
must "$driver" build "$site" A 60 2 20000
find "$site" | LC_ALL=C sort >"$work/before"
must_not "$driver" build "$site" B 60 2 20000
said "No space left on device"
must "$driver" verify "$site" A 60 20000
find "$site" | LC_ALL=C sort >"$work/after"
cmp -s "$work/before" "$work/after" || fail "the folder is not as it was"

# No inodes left, in place of no bytes: even a folder or the manifest cannot be made.
umount "$mounted"
mount -t tmpfs -o size=20m,nr_inodes=150 none "$work/disk" || fail "mount"
must "$driver" build "$site" A 60
must_not "$driver" build "$site" B 120
said "No space left on device"
must "$driver" verify "$site" A 60
must "$driver" build "$site" A 60
echo "old site intact on a full disk"
