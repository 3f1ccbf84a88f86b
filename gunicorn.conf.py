"""gunicorn's settings, for ``make run`` and for production alike. It belongs behind a proxy."""

import gc
from typing import Any

wsgi_app = "linkcenter.wsgi"
preload_app = True  # a wrong setting stops the start once, and the workers share memory
workers = 2
threads = 4
worker_class = "linkcenter.web.gunicorn_worker.Worker"
timeout = 30
graceful_timeout = 10
# Nobody waits longer than this for the database, and none of the few threads is kept by it. For the
# pages alone: the worker, backups and releases take the time that they need.
raw_env = ["PGOPTIONS=-c lock_timeout=5s -c statement_timeout=10s"]
max_requests = 10_000
max_requests_jitter = 1_000
# The default is a socket in the home folder, shared by every gunicorn of that user.
control_socket_disable = True
# What nginx passes on fits, so that it is Django that says no, with a page.
limit_request_line = 8190
limit_request_field_size = 16_380
limit_request_fields = 1_000
forwarder_headers = ""  # nobody says by a header where the program stands
# Where an access log is wanted: no path, query or Referer, because links of people are in them.
access_log_format = "%(t)s %(m)s %(s)s %(B)s %(M)sms"


def when_ready(server: Any) -> None:
    """Leave what is loaded alone, so that the workers go on sharing its memory."""
    gc.freeze()
