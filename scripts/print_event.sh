#!/bin/sh
# Sample script handler: prints the event, and does nothing else. The journal stores the output: see the event's page in
# the console.
#
# Name it in a handler as print_event.sh. Copy it to start your own script; docs/handlers.md has the rules.
set -eu

echo "${PROVISOR_EVENT_TYPE:-no event type} of ${PROVISOR_OBJECT_ID:-no object}, attempt ${PROVISOR_ATTEMPT:-by hand}"
for argument in "$@"; do
  echo "argument: $argument"
done
cat # the event, as JSON on standard input
