"""Every address: Norwegian without a prefix, /nn/ and /en/ before the same paths."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from centres.publishing.sitemaps import SITEMAPS
from centres.urls import api_urlpatterns
from centres.views.robots import robots
from linkcenter.messages import demo_mail
from linkcenter.operating import health, metrics
from linkcenter.web import errors

handler400 = errors.handler400
handler403 = errors.handler403
handler404 = errors.handler404
handler500 = errors.handler500

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("api/v1/", include((api_urlpatterns, "api"))),
]
if settings.DEVELOPMENT:
    urlpatterns += [
        path("demo-post/", demo_mail.mail_list, name="demo-mail-list"),
        path("demo-post/<slug:name>/", demo_mail.mail_detail, name="demo-mail-detail"),
    ]
urlpatterns += i18n_patterns(
    path("", include("linkcenter.log_in.urls")),
    path("", include("centres.urls")),
    path("", include("participants.urls")),
    path("", include("groups.urls")),
    prefix_default_language=False,
)
