"""The command line: the same use cases from a shell. docs/commands.md is its guide."""

from app.cli.main import main

__all__ = ["main"]
