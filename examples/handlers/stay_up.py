#!/usr/bin/env python3
"""Persistent script handler: stays up and takes one event a line, so that Python is started once and not for each event.

The handler's task has "mode": "persistent". Each line on stdin is the event's JSON with "execution_id" and "attempt" put in.
Each is answered with one line on stdout, before the next one comes:

    {"execution_id": "…", "ok": true}
    {"execution_id": "…", "ok": false, "retry": true, "error": "what went wrong"}

Nothing else may be printed to stdout; say the rest on stderr, which is kept in the journal. When stdin ends, so does the
script.
"""

import json
import sys


def handle(call):
    """Put the call to your own system here. What is worth opening once (connections, files) stays open between events."""
    name = call["data"].get("name", "")
    print(f"{call['event']['events_id']} {call['event']['object_id']}: {name} (attempt {call['attempt']})", file=sys.stderr)


def answer(call):
    reply = {"execution_id": call["execution_id"], "ok": True}
    try:
        handle(call)
    except (KeyError, TypeError, AttributeError) as error:  # the event is wrong, and would be wrong again
        reply.update(ok=False, retry=False, error=f"bad event: {error!r}")
    except OSError as error:  # files and the network alike: the next attempt may find them well
        reply.update(ok=False, retry=True, error=str(error))
    return reply


def main():
    # Flushed: the executor waits for an answer in a buffer until the timeout.
    for line in sys.stdin.buffer:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
