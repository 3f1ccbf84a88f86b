"""What the worker does for groups at night."""

from procrastinate.contrib.django import app

from groups.domain.asking import expire_unanswered
from linkcenter.jobs import job_run


@app.periodic(cron="20 3 * * *")
@app.task(name="groups.expire_unanswered", queueing_lock="groups.expire_unanswered")
def expire_unanswered_seats(timestamp: int) -> None:
    with job_run("groups.expire_unanswered") as counts:
        counts["seats"] = expire_unanswered()
