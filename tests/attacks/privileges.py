"""What belongs to others: no form of one provider or network may ever touch it."""

from tests.attacks.furnished import Furnished


def of_others(of: Furnished) -> list[tuple[object, ...]]:
    """Return every row, of any table, that names the other provider; without the ids that are drawn anew each time."""
    theirs = {of.site.other_provider.id}
    known = set(of.known.values()) | theirs
    found = [
        (name, *(value for value in row if not is_id(value) or value in known))
        for name, rows in of.rows().items()
        for row in rows
        if name not in {"log_line", "network_member"} and any(value in theirs for value in row if is_id(value))
    ]
    return sorted(found, key=str)


def is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == 16
