"""How staff log in: password, second factor, passkeys; links for a new password; old accounts.

django-allauth does the work. Here is what it asks us, our own pages for it, and what it has not.
"""
