"""Writing a content file at once: it is the old one or the new one at any moment, and everybody may read it."""

from pathlib import Path


def write_text(path: Path, text: str) -> None:
    for folder in reversed([each for each in path.parents if not each.exists()]):
        folder.mkdir()
        folder.chmod(0o755)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.chmod(0o644)
    unfinished.replace(path)
