#!/bin/sh
# Includes only go down: fails when a file of src/ includes a layer that its own may not use,
# or an outside library that another folder wraps.
#
#     tests/layers.sh [SRC]      check a tree (src/ of this repository)
#     tests/layers.sh --self-test
set -eu

# layer: the layers it may include.  `cmd` may include everything, and nobody includes it.
table='
base:
data: base
highlight: base
diagram: base
markdown: base highlight
blocks: base data highlight markdown diagram
content: base data markdown blocks
template: base data
output: base
site: base data highlight markdown blocks content template output
examples: base data content
preview: base data
import: base data highlight blocks content
cmd: base data highlight markdown diagram blocks content template output site examples preview import
'

# folder: headers of outside libraries that it wraps (extended regular expressions).
# A header of that folder which includes one is private: no other folder may include it.
wraps='
base: utf8proc[.]h xxhash[.]h
data: yaml[.]h jansson[.]h
markdown: cmark-gfm.*[.]h
diagram: graphviz/.*[.]h
preview: microhttpd[.]h
import: gumbo[.]h expat[.]h
output: zlib[.]h minizip/.*[.]h
'

# What the system offers to everybody.
system='^(assert|ctype|dirent|errno|fcntl|fnmatch|getopt|glob|grp|inttypes|net/if|regex|limits|locale|math|poll|'\
'pthread|sched|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|'\
'string|strings|stdnoreturn|termios|threads|time|unistd|wchar|netdb|netinet/[a-z]+|arpa/inet|'\
'ftw|emmintrin|immintrin|sys/[a-z]+|linux/[a-z0-9_]+|sanitizer/[a-z_]+)[.]h$'

check_tree()
{
	find "$1" -name '*.[ch]' | LC_ALL=C sort | while read -r file; do
		printf '%s\n' "$file"
	done | xargs awk -v root="$1/" -v table="$table" -v wraps="$wraps" -v system_headers="$system" '
	function fail(message) {
		printf "%s:%d: %s\n", FILENAME, FNR, message
		failures++
	}
	function read_tables(  lines, n, i, layer, words, m, j) {
		n = split(table, lines, "\n")
		for (i = 1; i <= n; i++) {
			layer = lines[i]; sub(/:.*/, "", layer)
			if (layer == "")
				continue
			known[layer] = 1
			may[layer, layer] = 1
			sub(/^[^:]*: */, "", lines[i])
			m = split(lines[i], words, " ")
			for (j = 1; j <= m; j++)
				may[layer, words[j]] = 1
		}
		n = split(wraps, lines, "\n")
		for (i = 1; i <= n; i++) {
			layer = lines[i]; sub(/:.*/, "", layer)
			if (layer == "")
				continue
			sub(/^[^:]*: */, "", lines[i])
			m = split(lines[i], words, " ")
			for (j = 1; j <= m; j++)
				wrapper["^" words[j] "$"] = layer
		}
	}
	function check_ours(header,  layer) {
		if (header !~ /\//) {
			fail("\"" header "\" is included without its layer")
			return
		}
		layer = header; sub(/\/.*/, "", layer)
		used[++uses] = FILENAME ":" FNR ": \"" header "\""
		user[uses] = name
		target[uses] = header
		if (!(layer in known))
			fail("\"" header "\" is in no layer that tests/layers.sh knows")
		else if (!((own, layer) in may))
			fail("\"" header "\" goes up: " own " may not use " layer)
	}
	function check_outside(header,  pattern) {
		if (header ~ system_headers)
			return
		for (pattern in wrapper) {
			if (header !~ pattern)
				continue
			if (wrapper[pattern] != own)
				fail("<" header "> belongs to " wrapper[pattern] ", which wraps it")
			private[name] = header
			return
		}
		fail("<" header "> has no folder that wraps it")
	}
	function layer_of(header) {
		sub(/\/.*/, "", header)
		return header
	}
	# A header that includes a private one is private as well; chains are short.
	function check_private(  pass, i) {
		for (pass = 0; pass < 8; pass++)
			for (i = 1; i <= uses; i++)
				if (target[i] in private && !(user[i] in private))
					private[user[i]] = private[target[i]]
		for (i = 1; i <= uses; i++) {
			if (!(target[i] in private) || layer_of(target[i]) == layer_of(user[i]))
				continue
			print used[i] " shows <" private[target[i]] "> to another folder"
			failures++
		}
	}
	BEGIN { read_tables() }
	FNR == 1 {
		name = own = substr(FILENAME, length(root) + 1)
		if (own ~ /\//)
			sub(/\/.*/, "", own)
		else
			own = "cmd" # src/main.c
		files++
		if (!(own in known))
			fail("the folder " own " is no layer that tests/layers.sh knows")
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); check_ours(part[2]); includes++ }
	/^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); check_outside(part[2]); includes++ }
	END {
		check_private()
		printf "layers: %d files, %d includes, %d go up\n", files, includes, failures
		exit failures > 0
	}'
}

# Each line: a file, the include it has, and whether that must be caught.
self_test()
{
	folder=$(mktemp -d)
	trap 'rm -rf "$folder"' EXIT
	failed=0
	while read -r file include expected; do
		[ -n "$file" ] || continue
		rm -rf "$folder/src"
		mkdir -p "$folder/src/$(dirname "$file")"
		printf '#include %s\n' "$include" > "$folder/src/$file"
		if check_tree "$folder/src" > "$folder/said"; then found=fine; else found=caught; fi
		if [ "$found" != "$expected" ]; then
			echo "self-test: $file with $include is $found, expected $expected"
			failed=1
		fi
	done <<-END
	base/a.c "base/str.h" fine
	base/a.c "data/value.h" caught
	data/a.c "base/str.h" fine
	data/a.c <yaml.h> fine
	data/a.h <yaml.h> fine
	site/a.c <yaml.h> caught
	markdown/a.c <cmark-gfm.h> fine
	markdown/a.c <cmark-gfm-core-extensions.h> fine
	blocks/a.c <cmark-gfm.h> caught
	base/a.c <utf8proc.h> fine
	content/a.c <xxhash.h> caught
	content/a.c "site/site.h" caught
	template/a.c "markdown/markdown.h" caught
	site/a.c "cmd/command.h" caught
	cmd/a.c "site/site.h" fine
	cmd/a.c "str.h" caught
	base/a.c <sys/stat.h> fine
	base/a.c <curl/curl.h> caught
	util/a.c <stdio.h> caught
	END
	rm -rf "$folder/src"
	mkdir -p "$folder/src/data" "$folder/src/site"
	echo '#include <yaml.h>' > "$folder/src/data/private.h"
	echo '#include "data/private.h"' > "$folder/src/data/seen.h"
	echo '#include "data/seen.h"' > "$folder/src/site/a.c"
	if check_tree "$folder/src" > "$folder/said"; then
		echo "self-test: yaml.h reaches site through two headers, and is not caught"
		failed=1
	fi
	[ "$failed" = 0 ] && echo "layers: the self-test passed"
	return "$failed"
}

if [ "${1:-}" = --self-test ]; then
	self_test
else
	check_tree "${1:-$(dirname "$0")/../src}"
fi
