"""What the worker does for the centres at night."""

from procrastinate.contrib.django import app

from centres.domain.enquiries import forget_old
from linkcenter.jobs import job_run


@app.periodic(cron="30 3 * * *")
@app.task(name="centres.forget_enquiries", queueing_lock="centres.forget_enquiries")
def forget_enquiries(timestamp: int) -> None:
    with job_run("centres.forget_enquiries") as counts:
        counts["enquiries"] = forget_old()
