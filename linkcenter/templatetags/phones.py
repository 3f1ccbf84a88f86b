from django import template

from linkcenter.phones import show_phone

register = template.Library()

register.filter("phone", show_phone)
