"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from app.errors import Refused


def refuse_unwritable(path: Path) -> None:
    """Raises Refused when nothing can be written at the path."""
    if not path.resolve().parent.is_dir():
        raise Refused(f"{path} cannot be written: there is no such folder.")


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write to a file beside the path and put it in its place when it is complete. Raises Refused."""
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.resolve().parent, prefix=".driving-seat-")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            write(cast(BinaryIO, file))
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        Path(beside).unlink(missing_ok=True)
