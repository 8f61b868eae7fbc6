"""Files to take away, under names that say what they hold."""

import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

from flask import Response

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
_LONGEST_PART = 60


def file_name(*parts: str, kind: str) -> str:
    """Return a name that every system can keep: "oak-house-support-result-2026-11-03.xlsx"."""
    return "-".join(slug for part in parts if (slug := _slug(part))) + f".{kind}"


def download(name: str, write: Callable[[BinaryIO], object]) -> Response:
    """Return what `write` writes as a file to keep. Its kind is the ending of its name."""
    written = BytesIO()
    write(written)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(written.getvalue(), content_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_PART].strip("-")
