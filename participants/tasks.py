"""What the worker does for people."""

from procrastinate.contrib.django import app

from linkcenter.jobs import job_run
from linkcenter.trying_again import AGAIN
from participants.domain import own_page, reminding


@app.task(name=own_page.SEND_JOB, queue="mail", retry=AGAIN)
def send_links(*, digests: list[str]) -> None:
    own_page.send_links(digests)


@app.periodic(cron="15 8 * * *")  # in the morning: who gets a message may hear it come
@app.task(name="participants.remind", queueing_lock="participants.remind", retry=AGAIN)
def remind_of_consents(timestamp: int) -> None:
    with job_run("participants.remind") as counts:
        counts["people"] = reminding.remind()
