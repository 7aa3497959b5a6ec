#!/usr/bin/env python3
"""HTTP handler with Flask: answers GET and POST on /api with the JSON that it got.

The smallest receiver there is, to try a handler with. receiver.py beside it also knows repeats and checks signatures.

Needs Flask (`apt install python3-flask`, or `pip install flask`).
"""

import argparse
import signal
import sys

from flask import Flask, jsonify, request
from werkzeug.serving import make_server

app = Flask(__name__)
app.json.sort_keys = False  # answer in the order in which it came


@app.route("/api", methods=["GET", "POST"])
def api():
    body = request.get_json(silent=True)  # with GET as well: Provisor sends the event with every method
    if body is None:
        return jsonify(error="send JSON"), 400  # Provisor does not try again after a 400
    return jsonify(body)


def stop(*_):
    raise SystemExit(0)


def main():
    parser = argparse.ArgumentParser(description="Answers with the JSON that it got.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5000, help="0: any free port")
    args = parser.parse_args()

    server = make_server(args.host, args.port, app, threaded=True)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"listening http://{args.host}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
