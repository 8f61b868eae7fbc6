"""Reading parts of a document that may not have its shape, so that every fault is found at once.

Whatever is not there, or not of its kind, reads as empty. The shape says what is wrong; these say what is there.
"""


def part_of(document: object, key: str) -> object:
    return document.get(key) if isinstance(document, dict) else None


def text_of(document: object, key: str) -> str:
    found = part_of(document, key)
    return found if isinstance(found, str) else ""


def list_of(document: object, key: str) -> list[object]:
    found = part_of(document, key)
    return found if isinstance(found, list) else []


def texts_of(document: object, key: str) -> tuple[str, ...]:
    return tuple(item for item in list_of(document, key) if isinstance(item, str))


def number_of(document: object, key: str, default: int) -> int:
    found = part_of(document, key)
    return found if isinstance(found, int) and not isinstance(found, bool) else default


def is_true(document: object, key: str) -> bool:
    return part_of(document, key) is True
