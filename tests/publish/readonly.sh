#!/bin/sh
# Folders that may not be written: clear messages, and the old site as it was, also when only one
# folder of it is closed and the fault comes in the middle of the commit.
. "$(dirname "$0")/common.sh"

chmod 755 "$work"
mkdir "$work/user"
if [ "$(id -u)" = 0 ]; then
	command -v setpriv >/dev/null || skip "root may write everywhere, and there is no setpriv"
	chown 65534:65534 "$work/user"
	as_user() {
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	}
	cp "$driver" "$work/driver"
	driver=$work/driver
	setpriv --reuid=65534 --regid=65534 --clear-groups "$driver" check "$work" 2>"$work/log"
	[ $? = 1 ] || skip "cannot run as another user: $(cat "$work/log")"
else
	as_user() {
		"$@"
	}
fi
site=$work/user/site

# No folder can be made.
chmod 555 "$work/user"
must_not as_user "$driver" build "$site" A 100
said "cannot create '$site': Permission denied"
chmod 755 "$work/user"
must as_user "$driver" build "$site" A 100

# The whole site is closed.
chmod 555 "$site"
must_not as_user "$driver" build "$site" B 100
said "Permission denied"
chmod 755 "$site"
must as_user "$driver" verify "$site" A 100

# One folder is: the others are already exchanged when that is seen, and must be exchanged back.
find "$site" -type f -exec stat -c '%n %s %Y %i' {} + | LC_ALL=C sort >"$work/before"
chmod 555 "$site/s9/page-9"
must_not as_user "$driver" build "$site" A 100 2 3000
said "cannot publish '$site/s9/page-9/index.html': Permission denied"
find "$site" -type f -exec stat -c '%n %s %Y %i' {} + | LC_ALL=C sort >"$work/after"
diff "$work/before" "$work/after" >"$work/log" || fail "the site is not as it was"
chmod 755 "$site/s9/page-9"

# The same with pages and folders that are new, and old ones that go.
chmod 555 "$site/only-A"
must_not as_user "$driver" build "$site" B 200
said "cannot remove '$site/only-A/0.html': Permission denied"
chmod 755 "$site/only-A"
must as_user "$driver" verify "$site" A 100
must as_user "$driver" build "$site" B 200
must as_user "$driver" verify "$site" B 200

# A parent that is closed: the first build is staged inside the folder.
mkdir "$work/closed" "$work/closed/site"
if [ "$(id -u)" = 0 ]; then
	chown 65534:65534 "$work/closed/site"
fi
chmod 555 "$work/closed"
must as_user "$driver" build "$work/closed/site" A 100
must as_user "$driver" verify "$work/closed/site" A 100
chmod 755 "$work/closed"

# A page that is unreadable is still gen's own, and is replaced.
chmod 000 "$site/s1/page-1/index.html"
must as_user "$driver" build "$site" B 200
must as_user "$driver" verify "$site" B 200
echo "closed folders: clear messages, old site intact"
