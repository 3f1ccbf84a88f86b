from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from centres.domain.staff import inviting
from centres.mail import invitation_path
from centres.states import Role
from linkcenter.log_in import unused_accounts
from linkcenter.models import User
from linkcenter.tokens import token_for


class Command(BaseCommand):
    help = "Invites somebody to administer the centres: the way in to a new installation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", type=_mail)
        parser.add_argument("--name", required=True, help="What to call the person.")
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, choices=_LANGUAGES)

    def handle(self, *args: Any, email: str, name: str, language: str, **options: Any) -> None:
        for closed in User.objects.filter(email=email.lower(), is_active=False):
            unused_accounts.open_again(closed)
        try:
            invitation = inviting.invite(
                email, name=name, role=Role.ADMINISTRATOR, centre=None, by=None, language=language
            )
        except inviting.InvitingError as error:
            raise CommandError(str(error.message)) from None
        path = invitation_path(language).format(token=token_for(invitation.seed))
        self.stdout.write("The invitation is on its way. It holds this link, for seven days:")
        self.stdout.write(settings.BASE_URL + path)


_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _mail(text: str) -> str:
    validate_email(text)
    return text
