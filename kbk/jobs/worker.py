"""The worker: performs jobs until it is told to stop."""

from flask import Flask

from kbk.jobs.queue import perform_open


def work(app: Flask) -> None:
    """Finish what an earlier worker left, then wait for wake-ups and sweep every minute."""
    with app.app_context():
        perform_open()
    consumer = app.extensions["huey"].create_consumer(
        workers=1, periodic=True, initial_delay=0.2, max_delay=2.0
    )
    consumer.run()
