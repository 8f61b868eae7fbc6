"""Answering: by link, without an account and without JavaScript."""

from app.web.answer import is_it_you, switching, on_paper, views, coming_back, own_result, worries, privacy, everything  # noqa: F401, I001  # in this order
from app.web.answer.blueprint import blueprint

__all__ = ["blueprint"]
