"""What somebody fills in to go on in the group that follows."""

from django.utils.translation import gettext_lazy as _

from groups.contact_forms import TakeOverForm
from linkcenter.open_forms import OpenFormMixin


class AgainForm(OpenFormMixin, TakeOverForm):
    """What to call the person, how to reach them, and a yes of today to being kept."""

    submit_label = _("Sign me up")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("So that we can send you time and place.")
