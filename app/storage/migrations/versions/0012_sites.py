"""Sites of a provider, and rounds for one of them"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_site_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_id"), "site", ["id"], unique=True)
    op.add_column("round", sa.Column("site_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Without sites, a round for one reads as one of its provider. Its release still says which site it was about."""
    op.drop_column("round", "site_id")
    op.drop_index(op.f("ix_site_id"), "site")
    op.drop_table("site")
