from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ADMIN_PAGES = (
    *("articles", "bookings", "centres", "enquiries", "events", "house", "invitations", "keys"),
    *("pages", "reference", "slots", "staff"),
)


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("Centres")

    def ready(self) -> None:
        from centres.domain import telling

        telling.register()
        for module in ADMIN_PAGES:
            import_module(f"centres.admin.{module}")
