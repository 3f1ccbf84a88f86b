"""What PostgreSQL writes into its own log: no statement, no value, no row that was refused.

Our own log has the kind of each error, and where it came from. ``deploy/postgres/roles.sql`` sets
this for the database; ``check --database default`` and every start look whether it is so.
"""

from linkcenter.database import catalogue

QUIET = {
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def quoting() -> list[str]:
    """What would put words of people into PostgreSQL's own log."""
    return [
        f"PostgreSQL has {name} = {found}: its log would quote what people wrote. Let its"
        f" superuser run: alter database … set {name} to '{quiet}'"
        for name, quiet in QUIET.items()
        if (found := catalogue.setting(name)) != quiet
    ]
