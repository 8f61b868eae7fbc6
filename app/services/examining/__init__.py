"""Examining an installation: what is in order, what to look at, what is broken, and what to do about it.

`checks` judges what it is given; `looking` looks at files, settings and the database, and changes nothing.
"""

from app.services.examining.finding import Finding, State
from app.services.examining.looking import examine

__all__ = ["Finding", "State", "examine"]
