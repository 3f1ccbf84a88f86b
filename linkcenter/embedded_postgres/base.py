from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from linkcenter.embedded_postgres import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own PostgreSQL backend, which starts the private cluster if it is not up."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            server.ensure_running(settings.EMBEDDED_POSTGRES, stop_at_exit=True)
        return super().get_new_connection(conn_params)
