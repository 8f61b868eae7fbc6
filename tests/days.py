"""Days that tests agree on."""

from datetime import date

TODAY = date(2026, 11, 21)
