"""Why a round asks, until when, and that it may be called off"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def columns() -> list["sa.Column[Any]"]:
    return [
        sa.Column("purpose", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("lawful_basis", sa.String(length=20), nullable=True),
        sa.Column(
            "health_condition", sa.String(length=20), nullable=False, server_default=sa.text("'explicit-consent'")
        ),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("purged_on", sa.Date(), nullable=True),
    ]


def upgrade() -> None:
    for column in columns():
        op.add_column("round", column)
    op.create_index(op.f("ix_round_cancelled_on"), "round", ["cancelled_on"])


def downgrade() -> None:
    """Without the third state, a round that was called off is a closed one without a result."""
    op.execute("UPDATE \"round\" SET state = 'closed', closed_on = cancelled_on WHERE state = 'cancelled'")
    op.drop_index(op.f("ix_round_cancelled_on"), "round")
    for column in columns():
        op.drop_column("round", column.name)
