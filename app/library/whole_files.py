"""A file that appears whole or not at all, for its owner alone."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def put_whole(path: Path, content: bytes) -> None:
    """Write the content at the path, with the folders that it needs."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".unfinished-", delete=False) as file:
        beside = Path(file.name)
        try:
            file.write(content)
            file.close()
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
