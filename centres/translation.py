from modeltranslation.translator import TranslationOptions, register

from centres.models import Article, Centre, CrisisLine, Event, OpeningException


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = ("title", "summary", "body")
    required_languages = {"nb": ("title",)}


@register(Centre)
class CentreTranslation(TranslationOptions):
    fields = ("vision", "description", "notice", "greeting", "signature")


@register(CrisisLine)
class CrisisLineTranslation(TranslationOptions):
    fields = ("name", "who", "hours")
    required_languages = {"nb": ("name", "who", "hours")}


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "description", "audience")
    required_languages = {"nb": ("title",)}


@register(OpeningException)
class OpeningExceptionTranslation(TranslationOptions):
    fields = ("reason",)
