"""Asking somebody to work here, and their saying yes."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres import mail
from centres.access import Right, Scope, scope_of
from centres.models import Centre, Invitation, StaffRole
from centres.states import Role
from linkcenter.messages import outbox
from linkcenter.models import User
from linkcenter.periods import days
from linkcenter.tokens import hash_token, new_seed, token_for

LIFE = timedelta(days=7)
KEEP = days(30)


class InvitingError(Exception):
    """An invitation that cannot be sent, or a yes that cannot be given."""

    message: str | Promise = _("That cannot be done now.")


class HasRole(InvitingError):
    message = _("This person already has this role.")


class IsInvited(InvitingError):
    message = _("This person is already invited. Open the invitation, and send it again.")


class AccountClosed(InvitingError):
    message = _("The account of this person is closed. An administrator can open it again.")


class LinkClosed(InvitingError):
    message = _("This link no longer works. Ask whoever invited you for a new one.")


def roles_to_give(scope: Scope) -> list[Role]:
    """Administrators invite to any role, those who lead a centre to work beside them there."""
    return list(Role) if scope.is_administrator else [Role.COORDINATOR]


def _may_give(user: User, invitation: Invitation) -> bool:
    scope = scope_of(user)
    may = scope.may(Right.INVITE, invitation.centre_id)
    return may and invitation.role in roles_to_give(scope)


def old(now: datetime) -> QuerySet[Invitation]:
    """What came to something, or to nothing, so long ago that nobody asks any more."""
    then = now - KEEP
    ended = Q(accepted_at__lte=then) | Q(withdrawn_at__lte=then)
    return Invitation.objects.filter(ended | Q(expires_at__lte=then))


@transaction.atomic
def invite(
    email: str,
    *,
    name: str,
    role: Role,
    centre: Centre | None,
    by: User | None,
    language: str,
    now: datetime | None = None,
) -> Invitation:
    """Somebody gets a letter with a link. ``by`` is nobody when the operator invites.

    Raises ``HasRole``, ``IsInvited`` or ``AccountClosed``.
    """
    now = now or timezone.now()
    email = email.lower()
    _refuse_needless(email, role, centre)
    seed = new_seed()
    invitation = Invitation(
        email=email,
        name=name,
        role=role,
        centre=centre,
        language=language,
        invited_by=by,
        seed=seed,
        token_hash=hash_token(token_for(seed)),
        sent_at=now,
        expires_at=now + LIFE,
    )
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:  # the database sees also the one that a colleague sends just now
        raise IsInvited from None
    mail.staff_invited(invitation, now=now)
    return invitation


def _refuse_needless(email: str, role: str, centre: Centre | None) -> None:
    user = User.objects.filter(email=email).first()
    if user is None:
        return
    if not user.is_active:
        raise AccountClosed
    if StaffRole.objects.filter(user=user, role=role, centre=centre).exists():
        raise HasRole


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, now: datetime | None = None) -> None:
    """A new link, for another seven days; the old one stops working.

    It is ``by`` who invites from now on, if they may. Raises ``LinkClosed`` where the person has
    said yes meanwhile, or it was withdrawn.
    """
    now = now or timezone.now()
    invitation = _hold(invitation)
    if _may_give(by, invitation):
        invitation.invited_by = by
    _refuse_needless(invitation.email, invitation.role, invitation.centre)
    invitation.seed = new_seed()
    invitation.token_hash = hash_token(token_for(invitation.seed))
    invitation.sent_at = now
    invitation.expires_at = now + LIFE
    invitation.save(update_fields=["invited_by", "seed", "token_hash", "sent_at", "expires_at"])
    mail.staff_invited(invitation, now=now)


@transaction.atomic
def withdraw(invitation: Invitation, *, now: datetime | None = None) -> None:
    """The link stops working, and what was not sent is not. Raises ``LinkClosed`` as above."""
    invitation = _hold(invitation)
    invitation.withdrawn_at = now or timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    outbox.cancel(invitation, matter=mail.invitation_matter(invitation))


def close_all(*, now: datetime) -> int:
    """No link works until it is sent again; returns how many did."""
    return Invitation.objects.open().filter(expires_at__gt=now).update(expires_at=now)


def _hold(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.open().select_for_update(of=("self",), no_key=True)
    held = locked.select_related("centre").filter(pk=invitation.pk).first()
    if held is None:
        raise LinkClosed
    return held


def find(token: str, *, now: datetime) -> Invitation | None:
    """The invitation whose link this is, if it still works."""
    links = Invitation.objects.open().filter(token_hash=hash_token(token), expires_at__gt=now)
    found = links.select_related("centre", "invited_by").first()
    return found if found and _is_backed(found) else None


def _is_backed(invitation: Invitation) -> bool:
    """Whether who invited may still do so: nobody who has left lets others in. The operator may."""
    by = invitation.invited_by
    return by is None or _may_give(by, invitation)


@transaction.atomic
def join(invitation: Invitation, *, password: str, now: datetime | None = None) -> User:
    """Whoever has no account gets one, with the role. Raises ``LinkClosed``."""
    now = now or timezone.now()
    held = _hold_live(invitation, now)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                held.email, password, name=held.name, language=held.language
            )
    except IntegrityError:  # another invitation was faster
        raise LinkClosed from None
    _give(held, user, now)
    return user


@transaction.atomic
def accept(invitation: Invitation, *, user: User, now: datetime | None = None) -> None:
    """Whoever has an account has the role as well. Raises ``LinkClosed``."""
    now = now or timezone.now()
    held = _hold_live(invitation, now)
    if user.email != held.email:
        raise LinkClosed
    _give(held, user, now)


def _hold_live(invitation: Invitation, now: datetime) -> Invitation:
    held = _hold(invitation)
    is_same = held.token_hash == invitation.token_hash
    if not (is_same and held.is_open(now) and _is_backed(held)):
        raise LinkClosed
    return held


def _give(invitation: Invitation, user: User, now: datetime) -> None:
    StaffRole.objects.get_or_create(user=user, role=invitation.role, centre=invitation.centre)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
