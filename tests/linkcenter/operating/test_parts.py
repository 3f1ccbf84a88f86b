"""What LINK is made of is named by a command, and all of it may be passed on."""

import json
import re
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from linkcenter.operating.parts import parts

# Of each part one of these is enough. None of them asks anything of what is written with it.
FREE = {
    "0BSD", "Apache-2.0", "BSD", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0",
    "Dual License",  # Apache-2.0 or BSD-3-Clause, says python-dateutil
    "ISC", "MIT", "MIT License", "MIT-0", "PSF-2.0", "Zlib",
    "LGPL-3.0-only",  # psycopg: used as it is, which asks for no more than to say so
}  # fmt: skip


def bill() -> dict:
    said = StringIO()
    call_command("sbom", stdout=said)
    return json.loads(said.getvalue())


def is_free(licence: str) -> bool:
    """All that is said "and" of, and one of what is said "or" of."""
    return all(set(re.split(r" OR ", each)) & FREE for each in re.split(r" AND ", licence))


def test_every_part_may_be_passed_on():
    assert [f"{part.name}: {part.licence}" for part in parts() if not is_free(part.licence)] == []


def test_licence_that_is_not_known_is_not_free():
    assert not is_free("GPL-3.0-only")
    assert not is_free("MIT AND SSPL-1.0")
    assert not is_free("")
    assert is_free("GPL-3.0-only OR MIT")


def test_bill_names_each_part_that_a_server_needs_and_no_tool_of_the_tests():
    told = {(each["name"].lower(), each["version"]) for each in bill()["components"]}
    names = {name for name, _version in told}

    assert {"django", "psycopg", "gunicorn", "@digdir/designsystemet-css"} <= names
    assert not {"pytest", "ruff", "vnu-jar"} & names
    assert len(names) == len(told)


def test_bill_has_the_form_of_cyclonedx():
    found = bill()

    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    for part in found["components"]:
        assert re.fullmatch(r"pkg:(pypi|npm)/[\w.%/@-]+@[\w.+-]+", part["purl"])
        assert part["licenses"] in (
            [{"expression": part["licenses"][0].get("expression")}],
            [{"license": {"name": part["licenses"][0].get("license", {}).get("name")}}],
        )


def test_installed_versions_are_those_of_the_lock():
    lock = (settings.BASE_DIR / "requirements/run.txt").read_text()

    strange = [
        part.name
        for part in parts()
        if part.purl.startswith("pkg:pypi/") and f"{part.name}=={part.version}" not in lock
    ]
    assert strange == []
