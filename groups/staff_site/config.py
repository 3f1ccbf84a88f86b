from django.contrib.admin.apps import AdminConfig


class LinkAdminConfig(AdminConfig):
    # Not in the package groups.admin: that would be imported while it registers on the site.
    default_site = "groups.staff_site.site.LinkAdminSite"
