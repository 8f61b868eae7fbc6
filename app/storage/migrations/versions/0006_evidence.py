"""Evidence files"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=True),
        sa.Column("standards_id", sa.String(length=80), nullable=True),
        sa.Column("standard_id", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed_key", sa.String(length=400), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_evidence_added_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_evidence_provider_id_provider")),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_evidence_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_added_by"), "evidence", ["added_by"])
    op.create_index(op.f("ix_evidence_deleted_on"), "evidence", ["deleted_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_evidence_deleted_on"), "evidence")
    op.drop_index(op.f("ix_evidence_added_by"), "evidence")
    op.drop_table("evidence")
