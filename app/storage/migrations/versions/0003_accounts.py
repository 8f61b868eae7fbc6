"""Second steps, passkeys, sessions and invitations of accounts"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACCOUNT_COLUMNS: dict[str, Any] = {
    "confirmed_at": sa.DateTime(),
    "tf_primary_method": sa.String(length=20),
    "tf_totp_secret": sa.Text(),
    "tf_last_counter": sa.Integer(),
    "mf_recovery_codes": sa.JSON(),
    "fs_webauthn_user_handle": sa.String(length=64),
}


def upgrade() -> None:
    op.create_table(
        "account_invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter_hash", sa.String(length=64), nullable=False),
        sa.Column("hand_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_email", sa.Text(), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["invited_by"], ["account.id"], name=op.f("fk_account_invitation_invited_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_invitation")),
    )
    op.create_index(op.f("ix_account_invitation_hand_hash"), "account_invitation", ["hand_hash"], unique=True)
    op.create_index(op.f("ix_account_invitation_letter_hash"), "account_invitation", ["letter_hash"], unique=True)
    op.create_index(op.f("ix_account_invitation_invited_by"), "account_invitation", ["invited_by"])
    op.create_index(op.f("ix_account_invitation_organisation_id"), "account_invitation", ["organisation_id"])
    op.create_table(
        "account_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("has_second_factor", sa.Boolean(), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=True),
        sa.Column("extensions", sa.String(length=255), nullable=True),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index(op.f("ix_passkey_account_id"), "passkey", ["account_id"])
    op.create_index(op.f("ix_passkey_credential_id"), "passkey", ["credential_id"], unique=True)
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_link_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sign_in_link_account_id"), "sign_in_link", ["account_id"])
    for name, kind in ACCOUNT_COLUMNS.items():
        op.add_column("account", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_account_fs_webauthn_user_handle"), "account", ["fs_webauthn_user_handle"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_account_fs_webauthn_user_handle"), "account")
    for name in ACCOUNT_COLUMNS:
        op.drop_column("account", name)
    for table in ("sign_in_link", "passkey", "account_session", "account_invitation"):
        op.drop_table(table)
