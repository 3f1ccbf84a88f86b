"""What the worker does for groups: runs of the matcher, and what is due at night."""

from procrastinate.contrib.django import app

from groups.domain import failures
from groups.domain.asking.asking import expire_unanswered
from groups.domain.asking.reminding import remind_before_it_is_late
from groups.domain.forming import match_runs
from groups.domain.lifecycle import forgetting
from groups.domain.running import breaks, time_in_use
from groups.domain.running.newcomers import end_unanswered
from groups.domain.waiting.questions import take_back_old
from groups.domain.waiting.silence import ask_who_waits
from groups.statistics.snapshots import freeze_closed
from linkcenter.jobs import AGAIN, job_run


@app.task(name=match_runs.JOB, lock=match_runs.JOB, retry=AGAIN)
def match(*, run_id: int) -> None:
    match_runs.carry_out(run_id)


@app.periodic(cron="0 8 * * *")  # in the morning: who gets a message may hear it come
@app.task(name="groups.ask_who_waits", queueing_lock="groups.ask_who_waits", retry=AGAIN)
def ask_who_waits_long(timestamp: int) -> None:
    with job_run("groups.ask_who_waits") as counts:
        counts["people"] = ask_who_waits()


@app.periodic(cron="30 8 * * *")  # in the morning, too
@app.task(name="groups.remind", queueing_lock="groups.remind", retry=AGAIN)
def remind_of_answers(timestamp: int) -> None:
    with job_run("groups.remind") as counts:
        counts["seats"] = remind_before_it_is_late()


@app.periodic(cron="45 8 * * *")  # in the morning, too
@app.task(name="groups.look_after", queueing_lock="groups.look_after", retry=AGAIN)
def look_after_groups(timestamp: int) -> None:
    with job_run("groups.look_after") as counts:
        counts["breaks over"] = breaks.end_breaks()
        counts["told of the end of a break"] = breaks.tell_of_ends()
        counts["asked whether they use their time"] = time_in_use.ask_all()
        counts["newcomers told what is kept"] = forgetting.tell_newcomers()


@app.periodic(cron="20 7 * * *")  # after the night's jobs and its backup
@app.task(name=failures.JOB, queueing_lock=failures.JOB, retry=AGAIN)
def tell_failures(timestamp: int) -> None:
    with job_run(failures.JOB) as counts:
        counts["told"] = failures.tell()


@app.periodic(cron="20 3 * * *")
@app.task(name="groups.expire_unanswered", queueing_lock="groups.expire_unanswered", retry=AGAIN)
def expire_unanswered_seats(timestamp: int) -> None:
    with job_run("groups.expire_unanswered") as counts:
        counts["seats"] = expire_unanswered()
        counts["newcomers"] = end_unanswered()
        counts["questions"] = take_back_old()


@app.periodic(cron="50 2 * * *")
@app.task(name="groups.tell_numbers", queueing_lock="groups.tell_numbers", retry=AGAIN)
def tell_numbers(timestamp: int) -> None:
    with job_run("groups.tell_numbers") as counts:
        counts["half-years"] = freeze_closed()
