"""What LINK is made of beside its own code: what a server installs, and under which licences."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from typing import Any
from urllib.parse import quote

from django.conf import settings

LONGEST_NAME = 60  # letters; what is longer is the text of a licence
_LOCKED = re.compile(r"^([\w.-]+)==", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A package. ``licence`` is as its makers write it; ``is_spdx`` if in the terms of SPDX."""

    name: str
    version: str
    licence: str
    is_spdx: bool
    purl: str


def parts() -> list[Part]:
    """All of them, as they are installed here."""
    return sorted([*_of_python(), *_of_npm()], key=lambda part: part.purl)


def _of_python() -> Iterator[Part]:
    for name in set(_LOCKED.findall((settings.BASE_DIR / "requirements/run.txt").read_text())):
        try:
            told = metadata(name)
        except PackageNotFoundError:  # for another system than this
            continue
        is_spdx = "License-Expression" in told
        licence = told["License-Expression"] if is_spdx else _in_words(told)
        purl = f"pkg:pypi/{name.lower()}@{told['Version']}"
        yield Part(name, told["Version"], licence, is_spdx, purl)


def _in_words(told: PackageMetadata) -> str:
    short = (told.get_all("License") or [""])[0]
    if short and len(short) <= LONGEST_NAME:
        return short
    ends = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier") or [] if "License" in line
    ]
    return " OR ".join(ends)


def _of_npm() -> Iterator[Part]:
    lock = json.loads((settings.BASE_DIR / "package-lock.json").read_text())
    for path, told in lock["packages"].items():
        if path and not told.get("dev"):
            name, version = path.removeprefix("node_modules/"), told["version"]
            purl = f"pkg:npm/{quote(name)}@{version}"
            yield Part(name, version, told["license"], is_spdx=True, purl=purl)


def bill_of_materials() -> dict[str, Any]:
    """The parts in the form of CycloneDX 1.6, which scanners for known flaws read."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "linkcenter"}},
        "components": [
            {
                "type": "library",
                "bom-ref": part.purl,
                "name": part.name,
                "version": part.version,
                "purl": part.purl,
                "licenses": [
                    {"expression": part.licence}
                    if part.is_spdx
                    else {"license": {"name": part.licence}}
                ],
            }
            for part in parts()
        ],
    }
