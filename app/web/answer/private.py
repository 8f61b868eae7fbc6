"""When a page asks "Is this you?" first. Deny by default: a view that declares nothing asks always."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "_asks"


class Asks(Enum):
    """ALWAYS: the page shows or changes answers. NEVER: it shows nothing of them.

    WHILE_OPEN: until they are sent or the round closes; then the page says that and no more. WITH_A_WORD: the same, but
    where a word locks the answers it asks always.
    """

    ALWAYS = auto()
    WHILE_OPEN = auto()
    WITH_A_WORD = auto()
    NEVER = auto()


def asks(when: Asks) -> Callable[[View], View]:
    """Declare when a view asks."""

    def declare(view: View) -> View:
        setattr(view, _DECLARED, when)
        return view

    return declare


def declared() -> Asks:
    """Return when the requested view asks."""
    found: Asks = getattr(current_app.view_functions.get(str(request.endpoint)), _DECLARED, Asks.ALWAYS)
    return found
