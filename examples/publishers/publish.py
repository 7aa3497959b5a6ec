#!/usr/bin/env python3
"""Publishes one event as a billing system would: publish.py [EVENT_TYPE [JSON [OBJECT_ID [CLIENT_ID]]]].

Without ids in the data, as in `publish.py clients.accounts.delete '{}' 301 12`, give them as arguments.
Needs pika (`pip install pika`).
"""

import json
import os
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

import pika

if {"-h", "--help"} & set(sys.argv[1:]):
    sys.exit(print(__doc__))

DEV_FILE = Path(__file__).resolve().parents[2] / ".provisor" / "dev.json"  # written by `npm start` and `npm run demo`

event_type, text, object_id, client_id = (sys.argv[1:5] + [None] * 4)[:4]
event_type = event_type or "clients.create"
data = json.loads(text or '{"id": 12, "name": "My name"}')
object_id = int(object_id) if object_id and object_id.isdigit() else object_id or data.get("id")
if object_id is None:
    sys.exit("give OBJECT_ID, or data with an id")
amqp_url = os.environ.get("AMQP_URL") or json.loads(DEV_FILE.read_text())["amqpUrl"]

event = {
    "id": str(uuid.uuid4()),  # one per occurrence; publish it again with the same id if you are not sure it arrived
    "dt": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    "events_id": event_type,
    "object_id": object_id,
}
# Events with the same key run strictly in order; the key is the client's id, as a string.
partition_key = str(client_id or data.get("clients_id", object_id))

with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
    channel = connection.channel()
    channel.confirm_delivery()  # basic_publish then returns when the broker has the event safe, and raises if not
    channel.basic_publish(
        exchange="billing.events",  # Provisor declares it
        routing_key=event_type,
        body=json.dumps({"event": event, "data": data}),
        properties=pika.BasicProperties(
            content_type="application/json",
            delivery_mode=2,  # persistent: it survives a restart of the broker
            message_id=event["id"],
            headers={"partition-key": partition_key},
        ),
        mandatory=True,  # an event that no queue takes is an error, not a silent loss
    )

print(f"published {event_type} {event['id']}, partition key {partition_key}")
