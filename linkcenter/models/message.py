from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linkcenter.encryption import DIGEST_LENGTH, EncryptedTextField


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    LETTER = "letter", _("letter")
    CALL = "call", _("telephone call")


class MessageState(models.TextChoices):
    DRAFT = "draft", _("draft")
    QUEUED = "queued", _("on its way")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class WaitsBecause(models.TextChoices):
    """Why a message does not go by itself."""

    WRITTEN = "written", _("written here, not sent yet")
    CENTRE = "centre", _("to be looked through before it goes")
    PERSON = "person", _("nothing is sent to this person by itself")
    ADDRESS = "address", _("the mail server refuses this address")
    CHANGED = "changed", _("something changed before it went")


UNSENT = Q(state__in=[MessageState.DRAFT, MessageState.QUEUED])

# Staff do these by hand: what the app cannot send, and what it tried to send in vain.
BY_HAND = Q(state=MessageState.FAILED) | (Q(state=MessageState.QUEUED) & ~Q(channel=Channel.EMAIL))


class MessageQuerySet(models.QuerySet["Message"]):
    def unsent(self) -> "MessageQuerySet":
        return self.filter(UNSENT)

    def untold(self) -> "MessageQuerySet":
        """What the recipient has not heard, and should hear as long as it holds."""
        return self.filter(UNSENT | Q(state=MessageState.FAILED))

    def to(self, recipient: models.Model) -> "MessageQuerySet":
        kind = ContentType.objects.get_for_model(recipient)
        return self.filter(recipient_type=kind, recipient_id=recipient.pk)

    def to_look_at(self) -> "MessageQuerySet":
        """What waits for staff to read: drafts, and what no longer holds."""
        return self.filter(Q(state=MessageState.DRAFT) | Q(stale=True))

    def ring_instead(self) -> "MessageQuerySet":
        """What staff must say by telephone, write or print, since no e-mail will do it."""
        return self.filter(BY_HAND)


class Message(models.Model):
    """Something the centre says to one person: an e-mail, a text message, a letter or a call.

    The row is written together with the change it tells of. The text is kept encrypted, with a
    gap where the personal link goes, and is removed 30 days after sending.
    """

    recipient_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    recipient_id = models.PositiveBigIntegerField()
    recipient = GenericForeignKey("recipient_type", "recipient_id")
    matter = models.CharField(
        _("matter"), max_length=60, help_text=_("What it is about, such as seat:57.")
    )
    kind = models.CharField(_("text"), max_length=40)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel)
    state = models.CharField(_("state"), max_length=9, choices=MessageState)
    waits_because = models.CharField(
        _("why it waits"), max_length=7, choices=WaitsBecause, blank=True
    )
    # A keyed digest of what the text was made of: another one tells that something has changed.
    facts = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    stale = models.BooleanField(_("out of date"), default=False)
    language = models.CharField(_("language"), max_length=5)
    # Null once forgotten: an encrypted column can be tested for null and for nothing else.
    to = EncryptedTextField(_("to"), null=True)
    subject = models.CharField(_("subject"), max_length=120)
    text = EncryptedTextField(_("text"), null=True)
    # A calendar file that goes with an e-mail.
    calendar = EncryptedTextField(_("calendar file"), null=True)
    link_path = models.CharField(max_length=60, blank=True)
    link_seed = models.CharField(max_length=32, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.CharField(_("why it failed"), max_length=80, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient_type", "recipient_id", "matter"],
                condition=UNSENT,
                name="message_one_unsent",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="message_state_known"
            ),
            models.CheckConstraint(
                condition=Q(waits_because__in=["", *WaitsBecause.values])
                & (~Q(state=MessageState.DRAFT) | ~Q(waits_because="")),
                name="message_draft_says_why",
            ),
            models.CheckConstraint(
                condition=Q(stale=False) | UNSENT | Q(state=MessageState.FAILED),
                name="message_stale_untold",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="message_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(link_path="", link_seed="") | (~Q(link_path="") & ~Q(link_seed="")),
                name="message_link_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_type", "recipient_id"], name="message_of"),
            models.Index(fields=["state", "created_at"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"

    @property
    def is_by_hand(self) -> bool:
        """Whether it waits for staff, as ``BY_HAND`` says of rows."""
        is_queued = self.state == MessageState.QUEUED and self.channel != Channel.EMAIL
        return is_queued or self.state == MessageState.FAILED

    @property
    def state_words(self) -> str:
        """The state as staff say it: nothing but an e-mail goes by itself."""
        if self.is_by_hand and self.state == MessageState.QUEUED:
            return str(_("waits for you"))
        return str(self.get_state_display())
