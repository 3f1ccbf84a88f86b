"""Each is asked alone, with a date to answer by; and answers, is reminded, or is too late."""
