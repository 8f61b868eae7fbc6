"""Archived and merged organisations; invitations into a network"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("provider", sa.Column("archived_on", sa.Date(), nullable=True))
    op.add_column("provider", sa.Column("merged_into", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_provider_merged_into"), "provider", ["merged_into"])
    op.add_column("network", sa.Column("archived_on", sa.Date(), nullable=True))
    op.create_table(
        "network_invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_invitation_network_id_network")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_network_invitation_provider_id_provider")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_invitation")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_network_invitation_secret_hash")),
    )
    op.create_index(op.f("ix_network_invitation_network_id"), "network_invitation", ["network_id"])


def downgrade() -> None:
    op.drop_table("network_invitation")
    op.drop_column("network", "archived_on")
    op.drop_index(op.f("ix_provider_merged_into"), "provider")
    op.drop_column("provider", "merged_into")
    op.drop_column("provider", "archived_on")
