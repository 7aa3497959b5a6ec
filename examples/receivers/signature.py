"""Checks that a call comes from Provisor and is what it sent (Standard Webhooks, scheme v1)."""

import base64
import hashlib
import hmac
import time

TOLERANCE = 5 * 60  # seconds that the sender's clock and ours may differ; older calls may be replays of an attacker


def is_genuine(secrets, headers, body, now=None):
    """True when one of the secrets signed the call. Pass the body as it came: parsed and printed again it may differ.

    secrets: `whsec_…`, as Provisor showed them; two while one replaces the other
    headers: anything with get(), by lower-case name
    body: bytes
    """
    call_id = headers.get("webhook-id")
    timestamp = headers.get("webhook-timestamp") or ""
    given = (headers.get("webhook-signature") or "").split(" ")
    if not call_id or not (timestamp.isascii() and timestamp.isdigit()):
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE:
        return False
    signed = f"{call_id}.{timestamp}.".encode("latin-1") + body
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        if any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in given):
            return True
    return False
