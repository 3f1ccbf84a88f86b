"""Forms that anybody may send: what tells a person from a program, and one post from a second.

No puzzle and no third party. A program that fills every field it finds fills one that people do not
see; one that posts without reading is too quick or has no page to answer from. Nothing is thrown
away unseen: whoever looks like a program is asked to send once more, which a person can do.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Hidden
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CrispyMixin

MARK = "_page"
TRAP = "website"
SALT = "linkcenter.forms.open_forms"
QUICKEST = timedelta(seconds=2)  # from seeing a page to having filled it in
ONCE_MORE = _("Look through what you have written, and send it once more.")


class TrapMixin(CrispyMixin):
    """A form with a field that people do not see, and that programs fill in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TRAP] = forms.CharField(
            label=_("Leave this field empty"),
            required=False,
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        names = [name for name in helper.layout.fields if name != TRAP]
        helper.layout.fields = [*names, Div(TRAP, css_class="link-trap", aria_hidden="true")]
        return helper

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))


class OpenFormMixin(TrapMixin):
    """A form for everybody. ``form_id`` is the same however often one page is sent.

    The page carries a signed mark: an id of its own, and when it was shown. It does not expire.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        read = _read(data.get(MARK, "")) if data is not None else None
        self.has_own_page = read is not None
        self.form_id, self.shown_at = read or (uuid4(), timezone.now().timestamp())

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.add_input(Hidden(MARK, signing.dumps([self.form_id.hex, self.shown_at], salt=SALT)))
        return helper

    def clean(self) -> Any:
        cleaned = super().clean()
        if self._looks_like_a_program():
            typed: Any = self.data
            self.data = typed = typed.copy()
            typed[TRAP] = ""
            raise ValidationError(ONCE_MORE, code="program")
        return cleaned

    def _looks_like_a_program(self) -> bool:
        return not self.has_own_page or is_quick(self.shown_at) or self.is_trapped


def is_quick(shown_at: float) -> bool:
    """Whether what was shown at that moment cannot have been filled in by a person yet.

    A moment that has not come was before the clock was set back.
    """
    return 0 <= timezone.now().timestamp() - shown_at < QUICKEST.total_seconds()


def _read(mark: str) -> tuple[UUID, float] | None:
    """The id and the moment that ``mark`` carries; None if it is none of ours."""
    try:
        told, shown_at = signing.loads(mark, salt=SALT)
        return UUID(hex=told), float(shown_at)
    except (signing.BadSignature, ValueError, TypeError):
        return None
