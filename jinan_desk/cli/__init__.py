"""The headless desk: one command a use case. Messages in Chinese, keys and JSON in English.

A command parses its arguments, calls a service and prints. What stands behind the services is handed in as an `Outfit`,
so that nothing here knows the store or the window; imports that only one command needs stand inside it.
"""

from jinan_desk.cli import accounts, asking, cases, exchange, office, paper, upkeep  # they add themselves to `desk`
from jinan_desk.cli.command import desk
from jinan_desk.cli.outfit import Outfit, narrate
from jinan_desk.cli.running import run

__all__ = ["Outfit", "accounts", "asking", "cases", "desk", "exchange", "narrate", "office", "paper", "run", "upkeep"]
