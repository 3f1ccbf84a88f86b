"""Days with their weekday, "tirsdag 10. mars": what Django's own formats lack."""

WEEKDAY_FORMAT = "l j. F"
WEEKDAY_YEAR_FORMAT = "l j. F Y"
