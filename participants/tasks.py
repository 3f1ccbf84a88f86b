"""What the worker does for people."""

from procrastinate.contrib.django import app

from participants.domain import own_page


@app.task(name=own_page.SEND_JOB, queue="mail")
def send_links(*, digests: list[str]) -> None:
    own_page.send_links(digests)
