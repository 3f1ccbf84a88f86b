from django.contrib.admin.apps import AdminConfig


class LinkAdminConfig(AdminConfig):
    default_site = "groups.admin.site.LinkAdminSite"
