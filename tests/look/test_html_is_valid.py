"""The Nu checker, as used by the W3C, finds no error in any public page."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from tests.look.site import Answer

pytestmark = pytest.mark.django_db

CHECKER = settings.BASE_DIR / "node_modules/vnu-jar/build/dist/vnu.jar"
JAVA = shutil.which("java")


@pytest.mark.skipif(
    not os.environ.get("CI") and not (JAVA and CHECKER.exists()),
    reason="There is no Java on this machine, or no checker.",
)
def test_every_page_is_valid_html(
    pages: list[Answer], pages_in_other_languages: list[Answer], tmp_path: Path
) -> None:
    addresses = {}
    for number, page in enumerate([*pages, *pages_in_other_languages]):
        path = tmp_path / f"{number}.html"
        path.write_text(page.body)
        addresses[path.as_uri()] = page.address

    found = subprocess.run(  # noqa: S603 - our own files, by a program of the tests
        [str(JAVA), "-jar", str(CHECKER), "--errors-only", "--format", "json", str(tmp_path)],
        capture_output=True,
        check=False,
        text=True,
    )

    errors = {
        (each["message"], addresses.get(each["url"].replace("file:/", "file:///", 1), each["url"]))
        for each in json.loads(found.stderr)["messages"]
    }
    assert errors == set()
