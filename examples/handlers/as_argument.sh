#!/bin/sh
# Script handler: runs a program that expects the event as its last argument, in place of standard input.
#
#   as_argument.sh PROGRAM [ARGUMENT]…
#
# Arguments are seen by everybody on the machine and are at most 128 KiB long on Linux, so this is for moving house only: let the program read
# standard input when it can be changed.
set -eu

event=$(cat)
if [ "$#" -eq 0 ] || [ -z "$event" ]; then
  echo "usage: as_argument.sh PROGRAM [ARGUMENT]…, with an event on stdin" >&2
  exit 64 # EX_USAGE: would be wrong again, so not retried
fi
exec "$@" "$event"
