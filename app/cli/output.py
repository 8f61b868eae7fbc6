"""How lists are printed."""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import click

as_json_option: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")


def values_of(words: type[StrEnum]) -> click.Choice[str]:
    """Return the choice of an enumeration's values, as they stand in files."""
    return click.Choice([word.value for word in words])


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print one row a line, or all of them as JSON."""
    if as_json:
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))
