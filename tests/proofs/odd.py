"""What nobody should type, and many a program does."""

from hypothesis import strategies as st

ODD = [
    *("", " ", "\x00", "\x1b[31m", "\u202e\u200b\ufeff", "\u2028\u2029", "\ud7ff\uffff"),
    *("\ud800", "Kari\udfff", "\ue000", "\U0010ffff"),  # lone surrogates, private, no character
    *("😀👩‍👧‍👦" * 40, "مرحبا بكم", "\u202eiraK", "e\u0301" * 300, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚" * 20),
    *("٣٤٥", "²", "1e9", "-1", "0", "9" * 400, "NaN", "inf", "2026-02-30", "0000-00-00"),
    *(
        "+47" * 50,
        "+4741234567",
        "113",
        "a@b",
        "a@b.c\r\nBcc: b@example.org",
        "@",
        "x" * 300 + "@b.no",
    ),
    *(
        "' or 1=1 --",
        "%s%(x)s{{ x }}{% x %}",
        "<script>alert(1)</script>",
        "//[",
        "../../etc/passwd",
    ),
    *("on", "true", "None", "null", "[]", "{}", "a,b", "å" * 10_000, "\n" * 500, "\t"),
]
KNOWN = [
    *("own", "kin", "either", "digital", "physical", "no", "any", "women", "woman", "tue-evening"),
    *("nb", "Tromsø", "5501", "1980", "2020", "412 34 567", "kari@example.org", "email", "phone"),
    *("2027-02-01", "contact", "theme", "yes", "other_time", "time", "self_help"),
]
VALUE = st.one_of(st.text(max_size=60), st.sampled_from(ODD), st.sampled_from(KNOWN))
VALUES = st.one_of(VALUE, st.lists(VALUE, max_size=4))
