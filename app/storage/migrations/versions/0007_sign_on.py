"""Signing in at a network's own identity provider"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_on",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_second_factor", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_sign_on_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on")),
        sa.UniqueConstraint("network_id", name=op.f("uq_sign_on_network_id")),
    )
    op.create_table(
        "sign_on_account",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("sign_on_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_on_id"], ["sign_on.id"], name=op.f("fk_sign_on_account_sign_on_id_sign_on"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_on_account_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_on_account")),
        sa.UniqueConstraint("sign_on_id", "account_id", name=op.f("uq_sign_on_account_sign_on_id_account_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_on_account_account_id"), "sign_on_account", ["account_id"])


def downgrade() -> None:
    op.drop_table("sign_on_account")
    op.drop_table("sign_on")
