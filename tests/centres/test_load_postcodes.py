from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from centres import postcodes
from centres.models import PostalCode
from centres.postcodes import decent
from linkcenter.env import env
from tests import recipes

pytestmark = pytest.mark.django_db

REGISTER = env.path("LINK_POSTCODES_TSV", Path("postnummerregister.tsv"))

SMALL = [
    "8600\tMO I RANA\t1833\tRANA\tG",
    "9008\tTROMSØ\t5501\tTROMSØ\tG",
    "9009\tTROMSØ\t5501\tTROMSØ\tP",
    "9170\tLONGYEARBYEN\t2100\tSVALBARD\tG",
    "8099\tJAN MAYEN\t2211\tJAN MAYEN\tG",
]


@pytest.fixture(autouse=True)
def places(monkeypatch):
    monkeypatch.setattr(postcodes, "FEWEST_ROWS", 3)
    recipes.municipality("1833", name="Rana")
    recipes.municipality("5501", name="Tromsø")


@pytest.fixture
def register(tmp_path):
    def write(lines=SMALL, encoding="latin-1"):
        file = tmp_path / "register.txt"
        file.write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))
        return file

    return write


def load(file, out=None):
    out = out or StringIO()
    call_command("load_postcodes", str(file), stdout=out)
    return out.getvalue()


def refused(file):
    """The faults that the file is refused with."""
    before = list(PostalCode.objects.values_list())
    err = StringIO()
    with pytest.raises(CommandError, match=r"^Nothing is loaded\."):
        call_command("load_postcodes", str(file), stdout=StringIO(), stderr=err)
    assert list(PostalCode.objects.values_list()) == before
    return err.getvalue().splitlines()


def rows():
    return list(PostalCode.objects.values_list("code", "place", "municipality"))


def test_register_is_loaded_with_decent_names(register):
    report = load(register())

    assert rows() == [
        ("8099", "Jan Mayen", None),
        ("8600", "Mo i Rana", "1833"),
        ("9008", "Tromsø", "5501"),
        ("9009", "Tromsø", "5501"),
        ("9170", "Longyearbyen", None),
    ]
    assert "New: 8600 Mo i Rana, Rana\n" in report
    assert report.endswith("Postcodes: 5 new, 0 changed, 0 gone, 0 as before.\n")


def test_same_register_again_changes_nothing(register):
    load(register())
    before = rows()

    report = load(register())

    assert rows() == before
    assert report == "Postcodes: 0 new, 0 changed, 0 gone, 5 as before.\n"


def test_report_tells_what_changed(register):
    load(register())
    lines = [line for line in SMALL if not line.startswith("9009")]
    lines[0] = "8600\tMO\t5501\tTROMSØ\tG"
    lines[1] = "9008\tTROMSØ\t1833\tRANA\tG"

    report = load(register([*lines, "9010\tTROMSØ\t5501\tTROMSØ\tG"]))

    assert report.splitlines() == [
        "New: 9010 Tromsø, Tromsø",
        "Changed: 8600 Mo, Tromsø (was Mo i Rana, Rana)",
        "Changed: 9008 Tromsø, Rana (was Tromsø, Tromsø)",
        "Gone: 9009 Tromsø",
        "Postcodes: 1 new, 2 changed, 1 gone, 2 as before.",
    ]


def test_each_fault_is_named_by_its_line(register):
    load(register())

    faults = refused(
        register(
            [
                *SMALL,
                "9011\tTROMSØ\t5501\tTROMSØ",
                "901\tTROMSØ\t5501\tTROMSØ\tG",
                "9012\tTROMSØ\t9999\tTROMSØ\tG",
                "9008\tTROMSØ\t5501\tTROMSØ\tG",
                "9013\t\t5501\tTROMSØ\tGG",
                "",
            ]
        )
    )

    assert faults == [
        "Line 6: there should be 5 columns, and not 4.",
        "Line 7: “901” is no postcode.",
        "Line 8: there is no municipality “9999”.",
        "Line 9: 9008 stands on line 2 already.",
        "Line 10: “” is no name of a place.",
        "Line 10: “GG” is no category.",
        "Line 11: there should be 5 columns, and not 1.",
    ]


def test_file_in_utf_8_is_refused(register):
    assert refused(register(encoding="utf-8")) == [
        "Line 2: is in UTF-8. The register is in Latin-1."
    ]


def test_letters_that_went_wrong_are_refused(register):
    mojibake = "9008\tTROMSØ\t5501\tTROMSØ\tG".encode().decode("latin-1")

    assert refused(register([*SMALL[:1], mojibake, *SMALL[2:], "9011\tÅ\t5501\tTROMSØ\tG"])) == [
        "Line 2: “TROMSÃ\x98” is no name of a place."
    ]


def test_half_a_file_is_refused(register, monkeypatch):
    monkeypatch.setattr(postcodes, "FEWEST_ROWS", 4)

    assert refused(register(SMALL[:3])) == [
        "There are only 3 lines. The whole register has at least 4."
    ]


def test_file_without_some_municipality_is_refused(register):
    assert refused(register(SMALL[1:])) == ["No postcode lies in 1833 Rana."]


def test_file_cut_in_the_middle_of_a_line_is_refused(register):
    file = register()
    file.write_bytes(file.read_bytes()[:-20])

    assert refused(file) == ["Line 5: there should be 5 columns, and not 2."]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "The file is empty."),
        (b" \r\n", "The file is empty."),
        (
            b"\n<!DOCTYPE html>\n<html><body>404</body></html>",
            "This is a web page. Download the register itself.",
        ),
        (b"PK\x03\x04rest", "This is no text. Choose the register as a text file with tabs."),
        (
            "0001\tOSLO".encode("utf-16"),
            "This is no text. Choose the register as a text file with tabs.",
        ),
    ],
)
def test_another_file_is_refused(tmp_path, content, fault):
    file = tmp_path / "other"
    file.write_bytes(content)

    assert refused(file) == [fault]


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "nothing") == [
        f"Cannot read {tmp_path}/nothing: No such file or directory."
    ]
    assert refused(tmp_path) == [f"Cannot read {tmp_path}: Is a directory."]


def test_terminal_sees_how_far_it_is(register):
    class Terminal(StringIO):
        def isatty(self):
            return True

    assert "\rReading line 5 of 5" in load(register(), Terminal())
    assert "\r" not in load(register())


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("MO I RANA", "Mo i Rana"),
        ("NES PÅ HEDMARKEN", "Nes på Hedmarken"),
        ("Å I LOFOTEN", "Å i Lofoten"),
        ("I", "I"),
        ("NY-ÅLESUND", "Ny-Ålesund"),
        ("ØVRE ÅRDAL", "Øvre Årdal"),
        ("KRISTIANSUND N", "Kristiansund N"),
        ("DRAG/AJLUOKTA", "Drag/Ajluokta"),
        ("Mo i Rana", "Mo i Rana"),
    ],
)
def test_capitals_become_a_decent_name(capitals, name):
    assert decent(capitals) == name


@pytest.mark.skipif(not REGISTER.is_file(), reason="LINK_POSTCODES_TSV names no register")
def test_whole_register_is_loaded(monkeypatch):
    monkeypatch.undo()
    PostalCode.objects.all().delete()
    call_command("load_reference", stdout=StringIO())

    report = load(REGISTER)

    assert report.endswith(f"{PostalCode.objects.count()} new, 0 changed, 0 gone, 0 as before.\n")
    assert PostalCode.objects.filter(municipality=None).count() < 20
