from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ADMIN_PAGES = (
    "centres.admin.articles",
    "centres.admin.house.bookings",
    "centres.admin.centres",
    "centres.admin.enquiries",
    "centres.admin.events",
    "centres.admin.house.venues",
    "centres.admin.staff.invitations",
    "centres.admin.house.keys",
    "centres.admin.reference",
    "centres.admin.house.slots",
    "centres.admin.staff.accounts",
)


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("Centres")

    def ready(self) -> None:
        from centres.domain.events import messages

        messages.register()
        for module in ADMIN_PAGES:
            import_module(module)
