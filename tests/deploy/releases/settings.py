"""The product as the release after this one: with one folder of migrations more for people."""

import os

from linkcenter.settings import *  # noqa: F403

MIGRATION_MODULES = {"participants": f"tests.deploy.releases.{os.environ['LINK_TEST_RELEASE']}"}
