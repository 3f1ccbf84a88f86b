import asyncio
import logging
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from linkcenter.database.checks import refuse_unsafe_database

AT_ONCE = 4  # a slow job or two leave the others their turn
LONGEST = 60 * 60  # seconds

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the jobs in the queue: send mail, run what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--one-shot", action="store_true", help="Stop when the queue is empty.")

    def handle(self, *args: Any, one_shot: bool, **options: Any) -> None:
        refuse_unsafe_database()
        # The worker has its own pool of connections, which cannot start the private PostgreSQL.
        connection.ensure_connection()
        with app.replace_connector(DjangoConnector().get_worker_connector()):
            app.run_worker(
                wait=not one_shot,
                # Alone, a job whose own jobs are to be done as well is not the last one by chance.
                concurrency=1 if one_shot else AT_ONCE,
                install_signal_handlers=not one_shot,
                listen_notify=not one_shot,
                delete_jobs="successful",  # who asks for a link can be told by the job's digests
                worker_middleware=[end_with_what_hangs],
            )


async def end_with_what_hangs(
    call_next: AsyncCallNext, context: JobContext, worker: Worker
) -> object:
    """A job that takes too long takes the worker along: a thread cannot be stopped alone.

    Whoever runs the worker starts it again. What it was at is done again, as after a crash.
    """
    end = asyncio.get_running_loop().call_later(LONGEST, _end, context)
    try:
        return await call_next()
    finally:
        end.cancel()


def _end(context: JobContext) -> None:
    logger.critical("Job %s hangs, and the worker ends with it.", context.job.call_string)
    os._exit(1)
