#!/usr/bin/env python3
"""HTTP handler: receives the calls of Provisor, logs each as one line of JSON, and answers with what it was sent.

Any 2xx is a success. 400 tells Provisor not to try again; a 5xx, or no answer, that it should.
With --secret, calls that are not signed with it are refused with 401.
"""

import argparse
import json
import signal
import sys
import threading
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from signature import is_genuine

MAX_BODY = 2 * 1024 * 1024  # bytes; an event has at most 1 MiB
MAX_REMEMBERED = 10_000  # ids; older ones are forgotten

# The executions done, oldest first. A real system keeps them in its database, and writes each in the transaction that
# does the work: then a repeat is known even after a crash.
done = OrderedDict()
lock = threading.Lock()


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keep-alive: connecting costs more than such a call
    disable_nagle_algorithm = True  # otherwise an answer may wait 40 ms for the client's ACK

    def do_POST(self):
        content = self.read()
        if content is None:
            return
        if self.server.secrets and not is_genuine(self.server.secrets, self.headers, content):
            return self.answer(401, problem("the signature is missing or wrong"))
        try:
            body = json.loads(content)
        except (ValueError, RecursionError) as error:
            return self.answer(400, problem(f"bad JSON: {error}"))
        self.receive(body)
        self.answer(200, content)

    do_PUT = do_PATCH = do_DELETE = do_POST

    def do_GET(self):
        if self.read() is not None:
            self.answer(405, problem("send an event"), allow="POST, PUT, PATCH, DELETE")

    do_HEAD = do_GET

    def read(self):
        """Returns the body, or None if it was refused: then what is left unread makes the connection unusable."""
        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers or not length.isdecimal():
            return self.answer(411, problem("send a content-length"), connection="close")
        if int(length) > MAX_BODY:
            return self.answer(413, problem(f"send at most {MAX_BODY} bytes"), connection="close")
        return self.rfile.read(int(length))

    def receive(self, body):
        execution_id = self.headers.get("webhook-id")  # the same for every attempt, and after a redelivery
        with lock:
            repeat = execution_id in done
            if not repeat:
                # Do your work here. Remember the id only afterwards: if the work fails, the next attempt must do it.
                if execution_id:
                    done[execution_id] = True
                if len(done) > MAX_REMEMBERED:
                    done.popitem(last=False)
            line = {
                "event": field(body, "events_id", "type"),
                "event_id": decoded(self.headers.get("provisor-event-id")),
                "object_id": field(body, "object_id", "subject"),
                "execution_id": execution_id,
                "attempt": self.headers.get("provisor-attempt"),
                "repeat": repeat,
            }
            print(json.dumps(line, separators=(",", ":")), flush=True)

    def answer(self, status, content, **headers):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_request(self, *_):
        pass  # receive() logs


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # Provisor opens many connections at once; the default is 5
    secrets = ()

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client that went away is not worth a stack trace
            super().handle_error(request, client_address)


def field(body, name, attribute):
    """A field of the event, or the attribute that it is where the handler wants CloudEvents."""
    try:
        return body["event"][name]
    except (KeyError, TypeError):
        return body.get(attribute) if isinstance(body, dict) else None


def decoded(header):
    """Ids with characters that a header cannot carry are percent-encoded, and so is "%"."""
    return None if header is None else unquote(header)


def problem(text):
    return json.dumps({"error": text}).encode()


def stop(*_):
    raise SystemExit(0)


def main():
    parser = argparse.ArgumentParser(description="Receives the calls of Provisor.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5000, help="0: any free port")
    parser.add_argument("--secret", action="append", default=[], help="whsec_…; twice while one replaces the other")
    args = parser.parse_args()

    with Server((args.host, args.port), Receiver) as server:
        server.secrets = args.secret
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        print(f"listening http://{args.host}:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        finally:
            lock.acquire()  # let the work under way end, and begin no more


if __name__ == "__main__":
    sys.exit(main())
