"""What the worker does for people."""

from procrastinate.contrib.django import app

from linkcenter.jobs import AGAIN, job_run
from participants.domain.person import consent_reminders, link_request


@app.task(name=link_request.SEND_JOB, queue="mail", retry=AGAIN)
def send_links(*, digests: list[str]) -> None:
    link_request.send_links(digests)


@app.periodic(cron="15 8 * * *")  # in the morning: who gets a message may hear it come
@app.task(name="participants.remind", queueing_lock="participants.remind", retry=AGAIN)
def remind_of_consents(timestamp: int) -> None:
    with job_run("participants.remind") as counts:
        counts["people"] = consent_reminders.remind()
