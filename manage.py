#!/usr/bin/env python
"""The command line of LINK."""

import os
import sys

from environs import EnvError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linkcenter.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except EnvError as error:
        sys.exit(f"LINK cannot start: {error}")


if __name__ == "__main__":
    main()
