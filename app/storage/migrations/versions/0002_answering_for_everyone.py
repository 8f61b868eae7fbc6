"""Answering for everyone"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("about_in", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id_account")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_contact_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_network_id"), ["network_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_account_id"), ["account_id"], unique=False)

    op.create_table(
        "recording",
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("spoken_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_recording_network_id_network")),
        sa.PrimaryKeyConstraint("network_id", "language", "text_sha256", name=op.f("pk_recording")),
    )
    op.create_table(
        "translation",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "id", "version"],
            ["library_entry.kind", "library_entry.id", "library_entry.version"],
            name=op.f("fk_translation_kind_id_version_library_entry"),
        ),
        sa.PrimaryKeyConstraint("kind", "id", "version", "language", name=op.f("pk_translation")),
    )
    op.create_table(
        "come_back",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_come_back_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_come_back")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("come_back", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_come_back_provider_id_round_id"), ["provider_id", "round_id"], unique=False
        )

    op.create_table(
        "concern",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_concern_contact_id_contact")),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_concern_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_concern")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concern_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("network_id", sa.String(length=32), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_visit_network_id_network")),
        sa.ForeignKeyConstraint(
            ["provider_id", "round_id"],
            ["round.provider_id", "round.id"],
            name=op.f("fk_visit_provider_id_round_id_round"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_id"), ["id"], unique=True)
        batch_op.create_index(batch_op.f("ix_visit_network_id"), ["network_id"], unique=False)

    op.create_table(
        "concern_step",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("concern_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("sealed_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_concern_step_account_id_account")),
        sa.ForeignKeyConstraint(
            ["provider_id", "concern_id"],
            ["concern.provider_id", "concern.id"],
            name=op.f("fk_concern_step_provider_id_concern_id_concern"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "concern_id", "number", name=op.f("pk_concern_step")),
    )
    op.create_table(
        "observation",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("standard_id", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "visit_id"],
            ["visit.provider_id", "visit.id"],
            name=op.f("fk_observation_provider_id_visit_id_visit"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "visit_id", "id", name=op.f("pk_observation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "share",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("response_id", sa.String(length=64), nullable=False),
        sa.Column("shared_with", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id", "response_id"],
            ["response.provider_id", "response.id"],
            name=op.f("fk_share_provider_id_response_id_response"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "id", name=op.f("pk_share")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_id"), ["id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_share_provider_id_response_id"), ["provider_id", "response_id"], unique=False
        )

    op.create_table(
        "visit_checker",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.String(length=20), nullable=True),
        sa.Column("interest", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_visit_checker_account_id_account")),
        sa.ForeignKeyConstraint(
            ["provider_id", "visit_id"],
            ["visit.provider_id", "visit.id"],
            name=op.f("fk_visit_checker_provider_id_visit_id_visit"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "visit_id", "account_id", name=op.f("pk_visit_checker")),
    )
    with op.batch_alter_table("visit_checker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_checker_account_id"), ["account_id"], unique=False)

    op.create_table(
        "visit_device",
        sa.Column("provider_id", sa.String(length=32), nullable=False),
        sa.Column("visit_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("wipe", sa.Boolean(), nullable=False),
        sa.Column("wiped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_visit_device_account_id_account")),
        sa.ForeignKeyConstraint(
            ["provider_id", "visit_id"],
            ["visit.provider_id", "visit.id"],
            name=op.f("fk_visit_device_provider_id_visit_id_visit"),
        ),
        sa.PrimaryKeyConstraint("provider_id", "visit_id", "id", name=op.f("pk_visit_device")),
    )
    op.add_column("response", sa.Column("support", sa.JSON(), nullable=True))
    op.add_column("response", sa.Column("consent", sa.JSON(), nullable=True))
    op.add_column("response", sa.Column("translated", sa.JSON(), nullable=True))
    op.add_column("response", sa.Column("own_word", sa.String(length=200), nullable=True))
    op.add_column("response", sa.Column("entered_by", sa.Integer(), nullable=True))
    op.add_column("response", sa.Column("checked_by", sa.Integer(), nullable=True))
    op.drop_index(op.f("ix_response_provider_id_round_id"), "response")
    op.create_index(
        op.f("ix_response_provider_id_round_id_state_audience"),
        "response",
        ["provider_id", "round_id", "state", "audience"],
    )
    op.add_column("round", sa.Column("paper_is_checked", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("round", sa.Column("safeguarding_contact_id", sa.String(length=32), nullable=True))
    op.drop_index(op.f("ix_round_id"), "round")
    op.create_index(op.f("ix_round_id"), "round", ["id"], unique=True)
    op.add_column("invitation", sa.Column("generation", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Take it back. No table is made anew: SQLite would refuse to drop one that others refer to."""
    op.drop_table("visit_device")
    with op.batch_alter_table("visit_checker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_checker_account_id"))

    op.drop_table("visit_checker")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_provider_id_response_id"))
        batch_op.drop_index(batch_op.f("ix_share_id"))

    op.drop_table("share")
    op.drop_table("observation")
    op.drop_table("concern_step")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_network_id"))
        batch_op.drop_index(batch_op.f("ix_visit_id"))

    op.drop_table("visit")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concern_contact_id"))

    op.drop_table("concern")
    with op.batch_alter_table("come_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_come_back_provider_id_round_id"))

    op.drop_table("come_back")
    op.drop_table("translation")
    op.drop_table("recording")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_account_id"))
        batch_op.drop_index(batch_op.f("ix_contact_network_id"))

    op.drop_table("contact")
    op.drop_column("invitation", "generation")
    op.drop_index(op.f("ix_round_id"), "round")
    op.create_index(op.f("ix_round_id"), "round", ["id"])
    op.drop_column("round", "safeguarding_contact_id")
    op.drop_column("round", "paper_is_checked")
    op.drop_index(op.f("ix_response_provider_id_round_id_state_audience"), "response")
    op.create_index(op.f("ix_response_provider_id_round_id"), "response", ["provider_id", "round_id"])
    for column in ("checked_by", "entered_by", "own_word", "translated", "consent", "support"):
        op.drop_column("response", column)
