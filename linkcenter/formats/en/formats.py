"""Days in English as in Europe, "22 November 2026": the pages are read in Norway."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
WEEKDAY_FORMAT = "l j F"
WEEKDAY_YEAR_FORMAT = "l j F Y"
