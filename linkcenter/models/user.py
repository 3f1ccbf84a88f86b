from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who works at a centre, or for all of them, and logs in. Residents have no account.

    What a user may do follows from their roles alone: there are no permission rows, no groups of
    users and no superuser.
    """

    email = models.EmailField(_("e-mail"), unique=True, help_text=_("In small letters."))
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("can log in"), default=True)
    date_joined = models.DateTimeField(_("added"), auto_now_add=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        db_default=settings.LANGUAGE_CODE,
        help_text=_("Of the staff's pages."),
    )
    # Sessions carry it: those of before end when it changes.
    session_round = models.PositiveIntegerField(
        _("times that all visits were ended"), default=0, db_default=0, editable=False
    )
    warned_at = models.DateTimeField(_("warned that it is unused"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened again"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must carry: another password or another round ends it at once."""
        told = f"{self.password}:{self.session_round}"
        return salted_hmac(
            "linkcenter.User.session", told, secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False
