import runpy

import pytest
from django.conf import settings as project
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "linkcenter.messages.demo_mail.MailFolder"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def send(*, subject: str = "Hei fra LINK") -> None:
    mail = EmailMultiAlternatives(
        subject, "Svar her: http://127.0.0.1:8000/svar/abc/ når du kan.", to=["kari@example.org"]
    )
    mail.attach_alternative("<p>Svar her</p>", "text/html")
    mail.send()


def test_mail_becomes_a_file(mail_folder):
    send()

    (file,) = mail_folder.iterdir()
    assert file.suffix == ".eml"
    assert b"To: kari@example.org" in file.read_bytes()


def test_page_lists_mails_with_the_newest_first(client, mail_folder):
    send(subject="Den første æøå")
    send(subject="Den andre")

    page = client.get("/demo-post/").content.decode()

    assert 0 < page.index("Den andre") < page.index("Den første æøå")


def test_page_without_mails(client, mail_folder):
    assert client.get("/demo-post/").status_code == 200


def test_mail_has_links_to_click(client, mail_folder):
    send()
    (file,) = mail_folder.iterdir()

    page = client.get(f"/demo-post/{file.stem}/").content.decode()

    assert '<a href="http://127.0.0.1:8000/svar/abc/"' in page
    assert "når du kan" in page


def test_mail_shows_the_time_in_norway(client, mail_folder):
    send()
    (file,) = mail_folder.iterdir()
    noon = timezone.localtime().replace(hour=12, minute=0, second=0)
    file.rename(file.with_name(f"{int(noon.timestamp() * 1e9)}-abc.eml"))

    assert "12:00:00" in client.get("/demo-post/").content.decode()


@pytest.mark.parametrize("name", ["nowhere", "..", "x"])
def test_mail_that_is_not_there(client, mail_folder, name):
    assert client.get(f"/demo-post/{name}/").status_code == 404


def test_production_has_no_such_page(settings):
    settings.DEVELOPMENT = False

    paths = [str(pattern.pattern) for pattern in addresses()]

    assert [path for path in paths if "demo" in path] == []


def addresses():
    return runpy.run_path(str(project.BASE_DIR / "linkcenter/urls.py"))["urlpatterns"]
