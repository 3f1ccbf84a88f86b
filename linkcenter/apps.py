from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LinkcenterConfig(AppConfig):
    name = "linkcenter"
    verbose_name = _("Operation")

    def ready(self) -> None:
        from linkcenter.database import checks  # noqa: F401  which registers itself

        autodiscover_modules("texts")  # what the apps say to people
        autodiscover_modules("privacy")  # what each app keeps of people, and why
