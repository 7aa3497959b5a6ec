#!/bin/sh
# Script handler: sends a notification.
#
# The event comes as JSON on stdin. A notification needs only the PROVISOR_* variables, so nothing here has to
# parse JSON; `printf '%s' "$event" | jq -r .data.name` would.
set -eu

event=$(cat)
if [ -z "$event" ]; then
  echo "bad event: nothing on stdin" >&2
  exit 65 # EX_DATAERR: would be wrong again, so not retried
fi

# Put your own call here, with a limit on its time, and 75 (EX_TEMPFAIL, retried) if it fails:
#   printf '%s' "$event" | curl --silent --fail --max-time 5 --data-binary @- https://chat.example.com/hook || exit 75
# The execution id stays the same when a call is repeated: pass it on, so that the receiver can drop repeats.
echo "notified: ${PROVISOR_EVENT_TYPE:-unknown event} of ${PROVISOR_OBJECT_ID:-unknown object}" \
  "(execution ${PROVISOR_EXECUTION_ID:-by hand}, attempt ${PROVISOR_ATTEMPT:-1})"
