"""All that can be killed is killed while people register: none is lost, and none comes twice.

A mail may be sent a second time, with the same Message-ID: see `test_killed_worker.py`.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.proofs.chaos import WORKERS, Crowd, Plan, Run, Trouble
from tests.running.installation import Installation
from tests.running.private_database import open_folder, running_in

SMALL = Plan(people=100, at_once=20, web=5, worker=6, database=2)
GREAT = Plan(people=5_000, at_once=100, web=100, worker=200, database=20)
PLANS = [
    pytest.param(SMALL, marks=pytest.mark.prove, id="small"),
    pytest.param(GREAT, marks=pytest.mark.chaos, id="great"),
]
NORMAL_AFTER = 3  # seconds
PATIENCE = 300  # seconds until the last mail: a lost job is found after a minute or two

KNOWN = "select id + 1000 from participants_participant"
KEYS = "select submission_key from participants_registration where submission_key is not null"
MAILS = "select message_id, state from linkcenter_message"


@pytest.fixture
def installation() -> Iterator[Installation]:
    with open_folder() as folder, running_in(folder / "database") as database:
        (folder / "link").mkdir()
        yield Installation(folder / "link", database)


@pytest.mark.parametrize("plan", PLANS)
def test_nothing_is_lost_or_doubled_when_all_is_killed(
    installation: Installation, plan: Plan
) -> None:
    run = Run(plan)
    seed = random.SystemRandom().randrange(1_000)
    trouble = Trouble(installation, run, seed)
    began = time.monotonic()

    with installation.at_work(trouble.hooks()):
        crowd = Crowd(installation, run)
        for thread in trouble.threads:
            thread.start()
        crowd.come()
        for thread in trouble.threads:
            thread.join()
        registered = time.monotonic() - began
        mails = wait_for_the_last_mail(installation)
        sent = time.monotonic() - began

    after = run.seconds_of_trouble_after_the_last_fault()
    copies = installation.copies
    print(  # noqa: T201  the figures
        f"\n{plan.people} registrations, {plan.at_once} at once, in {registered:.0f} s"
        f" (seed {seed}); {dict(Counter(what for _moment, what in run.faults))}, {WORKERS} workers"
        f"\nanswers {dict(run.statuses)}, connections closed {run.closed};"
        f" normal {after:.1f} s after the last fault"
        f"\n{len(mails)} mails, {len(copies)} copies, the last after {sent:.0f} s"
    )
    assert run.all_is_broken
    shown = list(run.references.values())
    known = Counter(f"D-{number}" for (number,) in installation.database.ask(KNOWN))
    assert len(set(shown)) == plan.people
    assert known == dict.fromkeys(shown, 1)
    keys = Counter(key.hex for (key,) in installation.database.ask(KEYS))
    assert keys == dict.fromkeys(run.references, 1)
    assert not run.unkind, run.unkind[0]
    assert set(run.statuses) <= {200, 302, 503}
    assert len(mails) == plan.people
    assert set(copies) == set(mails)
    assert after <= NORMAL_AFTER


def wait_for_the_last_mail(installation: Installation) -> list[str]:
    deadline = time.monotonic() + PATIENCE
    while True:
        mails = installation.database.ask(MAILS)
        waiting = [mail for mail, state in mails if state != "sent"]
        if not waiting:
            return [mail for mail, _state in mails]
        assert time.monotonic() < deadline, (len(waiting), installation.logs()[-5_000:])
        time.sleep(0.5)
