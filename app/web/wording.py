"""What every template can use: the assets' addresses and who signed in. Words and dates: `languages`."""

from collections.abc import Mapping

from flask import Flask

from app.organisations import Act
from app.web.context import signed_in


def prepare(app: Flask, assets: Mapping[str, str]) -> None:
    def asset(name: str) -> str:
        return f"/static/{assets[name]}"

    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["signed_in"] = signed_in
    app.jinja_env.globals["Act"] = Act
