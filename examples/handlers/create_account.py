#!/usr/bin/env python3
"""Script handler: creates an account when Provisor says that the billing system has a new one.

The event comes as JSON on stdin; PROVISOR_* variables say which call this is. What is printed is kept in the journal.
The exit code decides what happens next:

    0    done
    65   EX_DATAERR: the event is wrong, and would be wrong again; not retried
    75   EX_TEMPFAIL: something was away for the moment; retried, as is any exit code that is not 64-78
"""

import argparse
import json
import os
import sys


def read_event():
    body = json.load(sys.stdin.buffer)
    object_id = body["event"]["object_id"]
    if not isinstance(object_id, (int, str)):
        raise ValueError("object_id is neither a number nor a string")
    return object_id, body["data"]


def create_account(object_id, data, execution_id, log_path):
    """Put the call to your own system here; `data` has the fields of the account. Returns what was done."""
    done = f"created account {json.dumps(object_id)}"
    if log_path is None:
        return done

    # Delivery is at least once: if this process dies after its work and before Provisor has noted that, it is run
    # again, with the same PROVISOR_EXECUTION_ID. So look first whether this execution is done. If the system you call
    # takes an idempotency key, give it the execution id instead, and let it look.
    with open(log_path, "a+", encoding="utf-8") as log:
        log.seek(0)
        if execution_id and any(line.startswith(execution_id + " ") for line in log):
            return f"nothing to do: {done} before"
        log.write(f"{execution_id} {done}\n")
    return done


def main():
    parser = argparse.ArgumentParser(description="Creates an account for the event on stdin.")
    parser.add_argument("--log", metavar="FILE", help="note each account in FILE, and create none twice")
    args = parser.parse_args()

    try:
        object_id, data = read_event()
    except (ValueError, KeyError, TypeError) as error:
        print(f"bad event: {error!r}", file=sys.stderr)
        return os.EX_DATAERR

    execution_id = os.environ.get("PROVISOR_EXECUTION_ID", "")  # empty when run by hand
    attempt = os.environ.get("PROVISOR_ATTEMPT", "1")
    try:
        print(create_account(object_id, data, execution_id, args.log), f"(attempt {attempt})")
    except OSError as error:  # files and the network alike: the next attempt may find them well
        print(f"try again later: {error}", file=sys.stderr)
        return os.EX_TEMPFAIL
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
