"""The database: tables, one query module a capability, migrations. It stores, filters and counts; it rules nothing."""

from app.storage.database import Database

__all__ = ["Database"]
