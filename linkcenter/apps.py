from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinkcenterConfig(AppConfig):
    name = "linkcenter"
    verbose_name = _("Operation")
