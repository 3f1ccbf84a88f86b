from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


class Command(BaseCommand):
    help = "Do the jobs in the queue: send mail, run what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--one-shot", action="store_true", help="Stop when the queue is empty.")

    def handle(self, *args: Any, one_shot: bool, **options: Any) -> None:
        # The worker has its own pool of connections, which cannot start the private PostgreSQL.
        connection.ensure_connection()
        with app.replace_connector(DjangoConnector().get_worker_connector()):
            app.run_worker(
                wait=not one_shot,
                install_signal_handlers=not one_shot,
                listen_notify=not one_shot,
                delete_jobs="successful",  # who asks for a link can be told by the job's digests
            )
