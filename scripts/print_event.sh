#!/bin/sh
# Sample script handler: prints what it got, and does nothing else. What it prints is in the journal: see the event in the console.
#
# Name it in a handler as print_event.sh. Copy it to begin a script of your own; docs/handlers.md says what counts.
set -eu

echo "${PROVISOR_EVENT_TYPE:-no event type} of ${PROVISOR_OBJECT_ID:-no object}, attempt ${PROVISOR_ATTEMPT:-by hand}"
for argument in "$@"; do
  echo "argument: $argument"
done
cat # the event, as JSON on standard input
