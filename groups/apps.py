from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "groups"
    verbose_name = _("Groups")

    def ready(self) -> None:
        from groups import receivers  # noqa: F401 (connects the one receiver)
        from groups.domain.messages import contact, initiators, seats

        seats.register()
        contact.register()
        initiators.register()
