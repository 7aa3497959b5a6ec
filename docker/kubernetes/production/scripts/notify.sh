#!/bin/sh
# An example: the handler's path is "notify.sh". examples/handlers/ has more, in other languages.
set -eu
cat > /dev/null # the event, as JSON
echo "notified: $PROVISOR_EVENT_TYPE of $PROVISOR_OBJECT_ID (attempt $PROVISOR_ATTEMPT)"
