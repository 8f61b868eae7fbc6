"""Addresses of people who are asked by e-mail"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("by_letter", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "address_list",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_address_list_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "round_id", "audience", name=op.f("pk_address_list")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "round_address",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_round_address_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_round_address")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_round_address_id"), "round_address", ["id"])
    op.create_index(op.f("ix_round_address_provider_id_round_id"), "round_address", ["provider_id", "round_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_round_address_provider_id_round_id"), "round_address")
    op.drop_index(op.f("ix_round_address_id"), "round_address")
    op.drop_table("round_address")
    op.drop_table("address_list")
    op.drop_column("invitation", "by_letter")
