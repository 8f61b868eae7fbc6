"""The log's pages. Only auditors see them: who did what to what, and never an answer."""

import csv
from io import StringIO
from typing import BinaryIO

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.organisations import Act
from app.organisations.log import Part
from app.services import log
from app.services.installing import is_demonstration
from app.web import access
from app.web.context import database, today
from app.web.results import download, file_name

blueprint = Blueprint("log", __name__, url_prefix="/log")
MOST_DIGITS = 9
PARTS = {Part.ALL: "Everything", Part.WORK: "Without signing in", Part.SIGNING_IN: "Signing in alone"}
COLUMNS = ("number", "at", "account_id", "deed", "organisation_id", "about", "facts", "previous", "sha256")


@blueprint.get("")
@access.open_to(Act.READ_LOG)
def newest() -> ResponseReturnValue:
    before, part = request.args.get("before", type=_line_number), request.args.get("part", Part.ALL, type=Part)
    return render_template(
        "log/lines.html",
        lines=log.newest_lines(database(), before, part),
        before=before,
        part=part,
        parts=PARTS,
        a_page=log.LINES_A_PAGE,
        made_up=is_demonstration(database()),
    )


@blueprint.get("/check")
@access.open_to(Act.READ_LOG)
def check() -> ResponseReturnValue:
    """Check the whole chain: this reads every line, so it has a page of its own."""
    return render_template("log/check.html", verified=log.verify(database()), made_up=is_demonstration(database()))


@blueprint.get("/lines.csv")
@access.open_to(Act.READ_LOG)
def lines_file() -> ResponseReturnValue:
    return download(file_name("log", today().isoformat(), kind="csv"), _write_lines)


def _line_number(typed: str) -> int:
    """Raises ValueError for what is no number, or greater than any line's."""
    if len(typed) > MOST_DIGITS:
        raise ValueError
    return int(typed)


def _write_lines(out: BinaryIO) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line, sha256 in log.all_lines(database()):
        facts = " ".join(f"{name}={value}" for name, value in sorted(line.facts.items()))
        row = (line.number, line.at, line.account_id, line.deed, line.organisation_id, line.about)
        writer.writerow([*row, facts, line.previous, sha256])
    out.write(text.getvalue().encode())
