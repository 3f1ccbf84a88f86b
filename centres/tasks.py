"""What the worker does for the houses at night."""

from django.utils import timezone
from procrastinate.contrib.django import app

from centres.domain.booking.closed_days import follow_house
from centres.domain.booking.weekly_times import book_ahead, slots_to_book
from centres.models import Centre
from linkcenter.jobs import AGAIN, job_run


@app.periodic(cron="40 2 * * *")
@app.task(name="centres.book_ahead", queueing_lock="centres.book_ahead", retry=AGAIN)
def book_weekly_times(timestamp: int) -> None:
    today = timezone.localdate()
    with job_run("centres.book_ahead") as counts:
        for centre in Centre.objects.filter(venues__active=True).distinct():
            follow_house(centre)
        counts["bookings"] = sum(book_ahead(slot, today=today) for slot in slots_to_book(today))
