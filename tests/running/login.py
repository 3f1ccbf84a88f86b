"""Staff who can log in to the product, whose passwords are not those of the tests."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from linkcenter.models import User
from tests.participants.walk import hidden
from tests.running.browser import Browser

PASSWORD = "prov-link-lokalt"


def with_password(user: User) -> User:
    real = Argon2PasswordHasher()  # the tests have a faster one
    user.password = real.encode(PASSWORD, real.salt())
    user.save()
    return user


def log_in(browser: Browser, user: User) -> None:
    page = hidden(browser.get("/logg-inn/"))
    who = {"login": user.email, "password": PASSWORD}
    browser.post("/logg-inn/", {**page, **who, "next": "/admin/"})
    assert browser.get("/admin/").status_code == 200
