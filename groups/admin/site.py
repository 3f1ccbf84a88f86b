from django.contrib import admin


class LinkAdminSite(admin.AdminSite):
    """The staff's workplace."""
