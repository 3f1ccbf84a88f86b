"""The three pages in their order, filled with what a draft holds."""

from functools import cached_property
from itertools import takewhile
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from centres.models import Centre
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.forms.registration.answers import interest_of, person_of
from participants.forms.registration.base import PageForm
from participants.forms.registration.drafts import Draft
from participants.forms.registration.group import GroupForm
from participants.forms.registration.person import PersonForm
from participants.forms.registration.times import TimesForm

GROUP, TIMES, PERSON = "gruppe", "tid", "om-deg"  # as in the addresses
FORMS: dict[str, type[PageForm]] = {GROUP: GroupForm, TIMES: TimesForm, PERSON: PersonForm}


class Pages:
    """The pages of one draft."""

    def __init__(self, centre: Centre, draft: Draft) -> None:
        self.centre = centre
        self.draft = draft

    def form(self, name: str, data: QueryDict | None = None, **kwargs: Any) -> PageForm:
        """The page with ``data``, else with what was typed on it before, else empty."""
        if data is None:
            data = self.draft.typed_on(name)
        draft = self.draft.seal(without=name)
        return FORMS[name](data, centre=self.centre, draft=draft, **kwargs)

    @cached_property
    def filled(self) -> dict[str, PageForm]:
        """The pages from the first on that are filled in as they should be."""
        forms = ((name, self.form(name)) for name in FORMS)
        return dict(takewhile(lambda page: page[1].is_valid(), forms))

    @property
    def first_missing(self) -> str | None:
        """The first page that something is missing on; None if all are filled."""
        return next((name for name in FORMS if name not in self.filled), None)

    def is_next(self, name: str) -> bool:
        """Whether every page before ``name`` is filled."""
        return list(FORMS).index(name) <= len(self.filled)

    def entry(self) -> tuple[Person, Interest]:
        """What the filled pages say, as the domain takes it; we write in the pages' language."""
        told = {
            question: answer
            for form in self.filled.values()
            for question, answer in form.cleaned_data.items()
        }
        answers = {"language": get_language() or "nb", "practical_needs": "", **told}
        return person_of(answers), interest_of(answers)
