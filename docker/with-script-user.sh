#!/bin/sh
# Starts the executor as user 10001 with the three capabilities that SCRIPT_USER needs. They come from a file with these
# capabilities, which scripts cannot run, or from a container that starts as root. Without them, the executor says what
# it needs.
set -eu

capabilities=-all,+setuid,+setgid,+kill
start=/usr/local/libexec/provisor/setpriv
[ "$(id -u)" != 0 ] || start='/usr/bin/setpriv --reuid=10001 --regid=10001 --clear-groups'
start="$start --inh-caps=$capabilities --ambient-caps=$capabilities --no-new-privs --"

# Not quoted: these are several words.
if [ -n "${SCRIPT_USER:-}" ] && $start true 2> /dev/null; then exec $start "$@"; fi
exec "$@"
