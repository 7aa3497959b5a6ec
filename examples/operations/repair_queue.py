#!/usr/bin/env python3
"""Moves the messages of a queue to another queue, in their order, and makes their ids texts.

RabbitMQ 3.10 cannot deliver a message whose id is a number, and closes the connection of each consumer of the
queue. Clients of AMQP 1.0 can publish such a message, and can read it. Stop all executors first.

usage: repair_queue.py amqp://USER:PASSWORD@HOST:PORT FROM TO
"""

import sys

from proton import Timeout
from proton.utils import BlockingConnection

ENDED_AFTER_S = 5


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    url, source, target = sys.argv[1:]
    connection = BlockingConnection(url, allowed_mechs="PLAIN")
    receiver = connection.create_receiver(f"/amq/queue/{source}", credit=100)
    sender = connection.create_sender(f"/amq/queue/{target}")
    moved = repaired = 0
    while True:
        try:
            message = receiver.receive(timeout=ENDED_AFTER_S)
        except Timeout:
            break
        if message.id is not None and not isinstance(message.id, str):
            message.id = str(message.id)
            repaired += 1
        # It returns when the other queue has the message. Only then the message leaves this queue.
        sender.send(message)
        receiver.accept()
        moved += 1
    connection.close()
    print(f"{moved} messages moved from {source} to {target}, {repaired} ids made texts")


main()
