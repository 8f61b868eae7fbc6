"""What every template can use: the assets' addresses and a few plain words."""

from collections.abc import Mapping
from datetime import date

from flask import Flask

from app.web.context import actor


def prepare(app: Flask, assets: Mapping[str, str]) -> None:
    def asset(name: str) -> str:
        return f"/static/{assets[name]}"

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["signed_in"] = actor
    app.jinja_env.filters["day"] = day


def day(value: date) -> str:
    """Return a date as people write it: 21 November 2026."""
    return f"{value.day} {value:%B %Y}"
