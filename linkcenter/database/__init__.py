"""All SQL of LINK's own: on its rows in ``statements``, on the server in ``catalogue``."""
