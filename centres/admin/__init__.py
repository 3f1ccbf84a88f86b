"""The centres' part of the staff's workplace.

The admin site itself imports ``scope`` from here, before there is a site to register on. So the
pages are not imported here, but by ``CentresConfig.ready``.
"""
