"""Which letters somebody wants, and in which language; and of which last day a round's leads were told"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("language", sa.String(length=8), nullable=True))
    op.add_column("round", sa.Column("last_day_told", sa.Date(), nullable=True))
    op.create_table(
        "unwanted_letter",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("news", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_unwanted_letter_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "news", name=op.f("pk_unwanted_letter")),
    )


def downgrade() -> None:
    op.drop_table("unwanted_letter")
    op.drop_column("round", "last_day_told")
    op.drop_column("account", "language")
