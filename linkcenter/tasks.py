"""What the worker does for every domain: send mail, pick up lost jobs, forget what is old."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from linkcenter.jobs import AGAIN, BROKEN_OFF, job_run
from linkcenter.log_in import password_links, unused_accounts
from linkcenter.messages import drafts, outbox
from linkcenter.models import User
from linkcenter.personal_data import retention
from linkcenter.personal_data.register import register

# After 4, 16, 64 … seconds: the eighth and last retry comes a day after the first try.
MAIL_RETRIES = 8
MOST_TRIES = 20  # of any job, with those that ended with the worker


@app.task(
    name=outbox.SEND_JOB,
    queue="mail",
    pass_context=True,
    retry=RetryStrategy(
        max_attempts=MAIL_RETRIES,
        exponential_wait=4,
        retry_exceptions={outbox.NotDelivered, *BROKEN_OFF},
    ),
)
def send_message(context: JobContext, *, message_id: int) -> None:
    outbox.send(message_id, last_try=context.job.attempts >= MAIL_RETRIES)


@app.periodic(cron="* * * * *")
@app.task(name="linkcenter.retry_lost_jobs", queueing_lock="linkcenter.retry_lost_jobs")
async def retry_lost_jobs(timestamp: int) -> None:
    """Give back the jobs of workers that were killed, but not one that kills them all."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.attempts >= MOST_TRIES:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the next of its kind waits already, and does the same
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="*/10 * * * *")
@app.task(name=drafts.LOOK_JOB, queueing_lock=drafts.LOOK_JOB, retry=AGAIN)
def mark_stale(timestamp: int) -> None:
    """Mark what waits in the outbox and no longer holds, or goes nowhere."""
    drafts.mark_stale()
    outbox.fail_given_up()


@app.task(name=retention.LET_GO_JOB, retry=AGAIN)
def let_go(*, code: str, most: int, by: int) -> None:
    """Follow one rule that was held back, after somebody has looked."""
    rule = next(rule for rule in register.rules() if rule.code == code)
    retention.let_go(rule, by=User.objects.get(pk=by), most=most)


@app.periodic(cron="10 3 * * *")
@app.task(name=retention.JOB, queueing_lock=retention.JOB, retry=AGAIN)
def forget(timestamp: int) -> None:
    """Forget what has been kept as long as the register of personal data says."""
    retention.run()


@app.task(name=password_links.SEND_JOB, queue="mail", retry=AGAIN)
def send_password_link(*, digest: str) -> None:
    password_links.send_to(digest)


@app.periodic(cron="5 8 * * *")  # in the morning: who gets a message may hear it come
@app.task(name=unused_accounts.JOB, queueing_lock=unused_accounts.JOB, retry=AGAIN)
def look_at_unused_accounts(timestamp: int) -> None:
    with job_run(unused_accounts.JOB) as counts:
        counts["closed"] = unused_accounts.close()
        counts["warned"] = unused_accounts.warn()
