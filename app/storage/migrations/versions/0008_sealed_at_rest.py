"""What a pair saw, in their own words, and their ties to a provider are sealed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.storage.sealed import KEYS
from app.storage.sealing import seal, unseal

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NOTES = sa.table("observation", *map(sa.column, ("provider_id", "visit_id", "id", "note", "sealed_note")))
INTERESTS = sa.table(
    "visit_checker", *map(sa.column, ("provider_id", "visit_id", "account_id", "interest", "sealed_interest"))
)


def upgrade() -> None:
    """Seal what stands there in clear, and clear it before its column goes."""
    op.add_column("observation", sa.Column("sealed_note", sa.Text(), server_default="", nullable=False))
    op.add_column("visit_checker", sa.Column("sealed_interest", sa.Text(), server_default="", nullable=False))
    for row in _rows(NOTES, "note"):
        _put(NOTES, row, note="", sealed_note=seal(_keys(), _of_note(row), row["note"]))
    for row in _rows(INTERESTS, "interest"):
        _put(INTERESTS, row, interest="", sealed_interest=seal(_keys(), _of_interest(row), row["interest"]))
    op.drop_column("observation", "note")
    op.drop_column("visit_checker", "interest")


def downgrade() -> None:
    """Open what is sealed."""
    op.add_column("observation", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("visit_checker", sa.Column("interest", sa.String(length=500), server_default="", nullable=False))
    for row in _rows(NOTES, "sealed_note"):
        _put(NOTES, row, note=unseal(_keys(), _of_note(row), row["sealed_note"]))
    for row in _rows(INTERESTS, "sealed_interest"):
        _put(INTERESTS, row, interest=unseal(_keys(), _of_interest(row), row["sealed_interest"]))
    op.drop_column("observation", "sealed_note")
    op.drop_column("visit_checker", "sealed_interest")


def _rows(table: sa.TableClause, column: str) -> Sequence[sa.RowMapping]:
    return op.get_bind().execute(sa.select(table).where(table.c[column] != "")).mappings().all()


def _put(table: sa.TableClause, row: sa.RowMapping, **values: str) -> None:
    """Write one row. Its key is its first three columns."""
    key = (column == row[column.name] for column in list(table.c)[:3])
    op.execute(sa.update(table).where(*key).values(**values))


def _of_note(row: sa.RowMapping) -> str:
    return f"observation/{row['visit_id']}/{row['id']}"


def _of_interest(row: sa.RowMapping) -> str:
    return f"interest/{row['visit_id']}/{row['account_id']}"


def _keys() -> Sequence[bytes]:
    found: Sequence[bytes] = op.get_bind().get_execution_options()[KEYS]()
    return found
