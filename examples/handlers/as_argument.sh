#!/bin/sh
# Script handler: runs a program that expects the event as its last argument, in place of standard input.
#
#   as_argument.sh PROGRAM [ARGUMENT]…
#
# All users of the machine can see arguments, and on Linux they are at most 128 KiB long. So use this during a migration
# only, and change the program to read standard input.
set -eu

event=$(cat)
if [ "$#" -eq 0 ] || [ -z "$event" ]; then
  echo "usage: as_argument.sh PROGRAM [ARGUMENT]…, with an event on stdin" >&2
  exit 64 # EX_USAGE: would be wrong again, so not retried
fi
exec "$@" "$event"
