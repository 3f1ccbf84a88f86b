"""What is stored about a person: to read, to take away, and to delete."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.domain.erasure import erase
from participants.domain.person.own_data import by_kind, own_data
from participants.domain.read_log import readings_of
from participants.forms import EraseForm
from participants.models import Participant
from participants.views.links import leave
from participants.views.own_session import with_person

FILE_NAME = "data.json"  # tells whoever sees it in the folder nothing


@with_person
def read(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "participants/own_data.html", {"kinds": by_kind(participant)})


@with_person
def download(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The same for machines, in one file."""
    records = [
        {
            "kind": record.kind,
            "title": record.title,
            "fields": {
                field.name: {"label": field.label, "value": field.value} for field in record.fields
            },
        }
        for record in own_data(participant)
    ]
    told = {
        "reference": participant.reference,
        "centre": participant.centre.name,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "records": records,
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


@with_person
def readers(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Who at the centre has opened what is kept of the person."""
    seen = readings_of(participant, with_names=participant.centre.names_readers)
    context = {"readings": seen, "centre": participant.centre}
    return render(request, "participants/own_readers.html", context)


@with_person
def delete(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What goes, and one tick before it does. Nothing of it comes back."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erase(participant)
        return leave(request, "participants:own-erased")
    return render(request, "participants/own_erase.html", {"form": form})


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "participants/own_erased.html")
