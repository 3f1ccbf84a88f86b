"""When a job is tried again: what the database broke off is, and what is wrong in itself is not."""

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy

BROKEN_OFF = (OperationalError, InterfaceError)

# After 4, 16, 64 … seconds: the fifth and last comes some twenty minutes after the first try.
AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions=BROKEN_OFF)
