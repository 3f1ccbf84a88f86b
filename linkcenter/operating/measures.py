"""What an operator watches, in the words of Prometheus: counts, ages and states, and no person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Min

from linkcenter import jobs
from linkcenter.backups.kept import last_success
from linkcenter.database import catalogue
from linkcenter.models import Channel, Message, MessageState
from linkcenter.operating import counts, worker_state

GAUGE, COUNTER, HISTOGRAM = "gauge", "counter", "histogram"
NOT_SENT = (MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
COARSE = 10  # people are told in tens: nobody can watch one come or go

Sample = tuple[str, dict[str, str], float]  # what is added to the name, labels, value


@dataclass(frozen=True)
class Measure:
    name: str
    kind: str
    help: str
    samples: list[Sample]


def one(name: str, help: str, value: float) -> Measure:
    return Measure(name, GAUGE, help, [("", {}, value)])


def by(
    label: str,
    values: Iterable[tuple[str, float]],
    name: str,
    help: str,
    kind: str = GAUGE,
) -> Measure:
    return Measure(name, kind, help, [("", {label: each}, value) for each, value in values])


def of_the_web() -> Iterator[Measure]:
    """From memory: also when the database is away. They begin at nought when gunicorn does."""
    yield by(
        "status",
        counts.answered().items(),
        "link_requests_total",
        "Answers of the web by status, but for those to machines.",
        COUNTER,
    )
    within, total, seconds = counts.took()
    buckets: list[Sample] = [("_bucket", {"le": str(most)}, count) for most, count in within]
    buckets += [("_bucket", {"le": "+Inf"}, total), ("_sum", {}, seconds), ("_count", {}, total)]
    yield Measure("link_request_seconds", HISTOGRAM, "How long the web took to answer.", buckets)
    yield by(
        "limit",
        counts.refused().items(),
        "link_refusals_total",
        "What was refused because it came too often, by limit.",
        COUNTER,
    )


def of_the_disk() -> Iterator[Measure]:
    backup = last_success(settings.BACKUP_DIR)
    yield one(
        "link_backup_last_success_timestamp_seconds",
        "When the newest backup was begun; 0 if there is none.",
        backup.timestamp() if backup else 0,
    )


def of_the_database(now: datetime) -> Iterator[Measure]:
    yield from _of_the_worker(now)
    yield from _of_messages(now)
    yield by(
        "job",
        ((job, at.timestamp() if at else 0) for job, at in jobs.last_successes().items()),
        "link_job_last_success_timestamp_seconds",
        "When each nightly job last came to its end; 0 if it never did.",
    )
    model, column = settings.COUNTED_BY_STATE
    rows = apps.get_model(model)._default_manager.values_list(column).annotate(Count("pk"))
    yield by(
        "state",
        ((state, count // COARSE * COARSE) for state, count in sorted(rows.order_by())),
        "link_registrations",
        "Registrations by state, in whole tens.",
    )
    used, most = catalogue.connections()
    yield one("link_database_bytes", "The size of the database.", catalogue.size())
    yield one("link_database_connections", "Sessions of the database server in use.", used)
    yield one("link_database_connections_max", "Sessions that the server allows.", most)


def _of_the_worker(now: datetime) -> Iterator[Measure]:
    yield one(
        "link_workers",
        "Workers that told in the last minute that they live.",
        worker_state.workers(now),
    )
    yield by(
        "state",
        worker_state.jobs().items(),
        "link_queue_jobs",
        "Jobs in the queue: todo, doing, and failed, which were given up.",
    )
    yield one(
        "link_queue_oldest_seconds",
        "How long the first job in the queue has been due.",
        worker_state.longest_wait(now).total_seconds(),
    )
    yield one(
        "link_queue_longest_job_seconds",
        "How long the job at work that was begun first has been going on.",
        worker_state.longest_at_work(now).total_seconds(),
    )


def _of_messages(now: datetime) -> Iterator[Measure]:
    waiting = Message.objects.filter(state__in=NOT_SENT)
    states = dict(waiting.values_list("state").annotate(Count("pk")).order_by())
    yield by(
        "state",
        ((state.value, states.get(state.value, 0)) for state in NOT_SENT),
        "link_messages",
        "Messages that have not been sent, by state.",
    )
    on_the_way = Message.objects.filter(state=MessageState.QUEUED, channel=Channel.EMAIL)
    first = on_the_way.aggregate(first=Min("created_at"))["first"]
    yield one(
        "link_mail_oldest_seconds",
        "How long the first e-mail on its way has waited.",
        (now - first).total_seconds() if first else 0,
    )


def as_text(measures: Iterable[Measure]) -> str:
    """In Prometheus' text format. Labels and their values are words of ours, with no quotes."""
    lines = []
    for measure in measures:
        lines.append(f"# HELP {measure.name} {measure.help}")
        lines.append(f"# TYPE {measure.name} {measure.kind}")
        for suffix, labels, value in measure.samples:
            told = ",".join(f'{name}="{said}"' for name, said in labels.items())
            braces = f"{{{told}}}" if told else ""
            lines.append(f"{measure.name}{suffix}{braces} {value}")
    return "\n".join(lines) + "\n"
