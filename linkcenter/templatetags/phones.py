from django import template

from linkcenter.phones import dial_phone, show_phone

register = template.Library()

register.filter("phone", show_phone)
register.filter("dialled", dial_phone)
