"""Which columns of this app exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from participants.models import Theme


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)
