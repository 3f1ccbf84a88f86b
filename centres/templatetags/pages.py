"""Small things that the public pages ask of Python."""

from django import template

from centres.markdown import render_markdown
from centres.web import web_address

register = template.Library()

register.filter("markdown", render_markdown)
register.filter("web_address", web_address)
