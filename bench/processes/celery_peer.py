"""A peer: a Celery task that posts the event, acknowledged when it has been done. Run by `celery worker`."""

import os

import requests
from celery import Celery

app = Celery("bench", broker=os.environ["BENCH_AMQP_URL"])
app.conf.update(
    task_default_queue=os.environ["BENCH_QUEUE"],
    task_acks_late=True,
    task_ignore_result=True,
    # For each of its processes, so that they have as much at hand as the bare loop.
    worker_prefetch_multiplier=100,
    worker_enable_remote_control=False,
)

target = f"{os.environ['BENCH_ORIGIN']}/0"
# A connection of each process that stays open.
session = requests.Session()


@app.task(name="bench.post")
def post(event):
    session.post(target, data=event.encode(), headers={"content-type": "application/json"}, timeout=10).raise_for_status()
