"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
    )
    op.create_table(
        "installation",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_installation")),
    )
    op.create_table(
        "library_entry",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", "version", name=op.f("pk_library_entry")),
    )
    op.create_table(
        "network",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
    )
    op.create_table(
        "provider",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.String(length=80), nullable=False),
        sa.Column("survey_version", sa.String(length=40), nullable=False),
        sa.Column("survey_sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_campaign_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_network_id"), ["network_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "role", "organisation_id", name=op.f("pk_membership")),
    )
    op.create_table(
        "network_member",
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_member_network_id_network")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_network_member_provider_id_provider")),
        sa.PrimaryKeyConstraint("network_id", "provider_id", name=op.f("pk_network_member")),
    )
    with op.batch_alter_table("network_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_network_member_provider_id"), ["provider_id"], unique=False)

    op.create_table(
        "network_release",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_network_release_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_network_release")),
        sa.UniqueConstraint("id", name=op.f("uq_network_release_id")),
    )
    op.create_table(
        "round",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("campaign_id", sa.String(length=32), nullable=True),
        sa.Column("survey_id", sa.String(length=80), nullable=False),
        sa.Column("survey_version", sa.String(length=40), nullable=False),
        sa.Column("survey_sha256", sa.String(length=64), nullable=False),
        sa.Column("standards_id", sa.String(length=80), nullable=False),
        sa.Column("standards_version", sa.String(length=40), nullable=False),
        sa.Column("standards_sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.String(length=20), nullable=False),
        sa.Column("provider_view", sa.String(length=20), nullable=False),
        sa.Column("standard_threshold", sa.Integer(), nullable=False),
        sa.Column("indicator_threshold", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("made_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_round_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_round_provider_id_provider")),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_round")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_round_id"), ["id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_invitation_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "round_id", "audience", "number", name=op.f("pk_invitation")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_link_hash"), ["link_hash"], unique=False)

    op.create_table(
        "release",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("squares", sa.String(length=80), nullable=False),
        sa.Column("degrees_of_freedom", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_release_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "round_id", name=op.f("pk_release")),
        sa.UniqueConstraint("provider_id", "id", name=op.f("uq_release_provider_id_id")),
    )
    op.create_table(
        "response",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answered_how", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_response_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_id"), ["id"], unique=False)
        batch_op.create_index(batch_op.f("ix_response_provider_id_round_id"), ["provider_id", "round_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_provider_id_round_id"))
        batch_op.drop_index(batch_op.f("ix_response_id"))

    op.drop_table("response")
    op.drop_table("release")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_link_hash"))

    op.drop_table("invitation")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_id"))
        batch_op.drop_index(batch_op.f("ix_round_campaign_id"))

    op.drop_table("round")
    op.drop_table("network_release")
    with op.batch_alter_table("network_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_network_member_provider_id"))

    op.drop_table("network_member")
    op.drop_table("membership")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_network_id"))

    op.drop_table("campaign")
    op.drop_table("provider")
    op.drop_table("network")
    op.drop_table("library_entry")
    op.drop_table("installation")
    op.drop_table("account")
