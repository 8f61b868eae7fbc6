"""The tables.

Every table of a provider begins its key with provider_id, so that partitions by provider need no redesign.
`invitation` and `response` share no column but the round's: nothing stored joins the one to the other. Both have
random or hashed keys and, on SQLite, no rowid, so that no order of insertion is kept either.

A column whose text is sealed is called `sealed`, or begins with `sealed_`, and its `info` says under "sealed" for what
purpose, with the row's own columns in it: that is how app/storage/sealed.py finds all of them when the keys change.
What is sealed otherwise than by the installation's keys says under "sealed_by" by what.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.ext.mutable import MutableList

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(32)
HASH = String(64)
RELEASE_ID = String(40)
VERSION = String(40)
WORD = String(20)
LANGUAGE = String(8)
NAME = String(200)

installation = Table(
    "installation",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

provider = Table(
    "provider",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("context", JSON, nullable=False),
    Column("made_up", Boolean, nullable=False),
    Column("archived_on", Date, nullable=True),
    Column("merged_into", ID, nullable=True, index=True),
)

site = Table(
    "site",
    metadata,
    Column("provider_id", ID, ForeignKey("provider.id"), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("archived_on", Date, nullable=True),
    Index(None, "id", unique=True),
)

network = Table(
    "network",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("made_up", Boolean, nullable=False),
    Column("archived_on", Date, nullable=True),
)

network_invitation = Table(
    "network_invitation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("network_id", ID, ForeignKey("network.id"), nullable=False, index=True),
    Column("secret_hash", HASH, nullable=False, unique=True),
    Column("note", NAME, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("provider_id", ID, ForeignKey("provider.id"), nullable=True),
)

network_member = Table(
    "network_member",
    metadata,
    Column("network_id", ID, ForeignKey("network.id"), primary_key=True),
    Column("provider_id", ID, ForeignKey("provider.id"), primary_key=True, index=True),
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(255), nullable=False, unique=True),
    Column("password", String(255), nullable=True),
    Column("active", Boolean, nullable=False),
    Column("fs_uniquifier", String(64), nullable=False, unique=True),
    Column("confirmed_at", DateTime, nullable=True),
    Column("tf_primary_method", WORD, nullable=True),
    Column("tf_totp_secret", Text, nullable=True),
    Column("tf_last_counter", Integer, nullable=True),
    Column("mf_recovery_codes", MutableList.as_mutable(JSON()), nullable=True),
    Column("fs_webauthn_user_handle", String(64), nullable=True),
    Column("language", LANGUAGE, nullable=True),
    Index(None, "fs_webauthn_user_handle", unique=True),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("credential_id", LargeBinary(1024), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("transports", JSON, nullable=True),
    Column("extensions", String(255), nullable=True),
    Column("lastuse_datetime", DateTime, nullable=False),
    Column("name", String(64), nullable=False),
    Column("backup_state", Boolean, nullable=False),
    Column("device_type", String(64), nullable=False),
    Index(None, "credential_id", unique=True),
)

account_session = Table(
    "account_session",
    metadata,
    Column("id", HASH, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("label", String(80), nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("has_second_factor", Boolean, nullable=False),
    Column("remembered", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("id", HASH, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("made_on", Date, nullable=False),
    sqlite_with_rowid=False,
)

account_invitation = Table(
    "account_invitation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter_hash", HASH, nullable=False),
    Column("hand_hash", HASH, nullable=False),
    Column("sealed_email", Text, nullable=False, info={"sealed": "account-invitation/{id}"}),
    Column("email_hash", HASH, nullable=False),
    Column("role", WORD, nullable=False),
    Column("organisation_id", ID, nullable=False, index=True),
    Column("invited_by", Integer, ForeignKey("account.id"), nullable=True, index=True),
    Column("invited_on", Date, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("state", WORD, nullable=False),
    Index(None, "letter_hash", unique=True),
    Index(None, "hand_hash", unique=True),
)

unwanted_letter = Table(
    "unwanted_letter",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True),
    Column("news", WORD, primary_key=True),
)

membership = Table(
    "membership",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True),
    Column("role", WORD, primary_key=True),
    Column("organisation_id", ID, primary_key=True),
)

library_entry = Table(
    "library_entry",
    metadata,
    Column("kind", WORD, primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("version", VERSION, primary_key=True),
    Column("sha256", HASH, nullable=False),
    Column("document", JSON, nullable=False),
)

translation = Table(
    "translation",
    metadata,
    Column("kind", WORD, primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("version", VERSION, primary_key=True),
    Column("language", LANGUAGE, primary_key=True),
    Column("sha256", HASH, nullable=False),
    Column("document", JSON, nullable=False),
    ForeignKeyConstraint(
        ("kind", "id", "version"), ("library_entry.kind", "library_entry.id", "library_entry.version")
    ),
)

contact = Table(
    "contact",
    metadata,
    Column("id", ID, primary_key=True),
    Column("network_id", ID, ForeignKey("network.id"), nullable=False, index=True),
    Column("kind", WORD, nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", NAME, nullable=False),
    Column("phone", String(40), nullable=False),
    Column("about", String(500), nullable=False),
    Column("about_in", JSON, nullable=False),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=True, index=True),
    Column("working_days", Integer, nullable=True),
    Column("removed", Boolean, nullable=False),
)

recording = Table(
    "recording",
    metadata,
    Column("network_id", ID, ForeignKey("network.id"), primary_key=True),
    Column("language", LANGUAGE, primary_key=True),
    Column("text_sha256", HASH, primary_key=True),
    Column("file_sha256", HASH, nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("spoken_by", NAME, nullable=False),
)

campaign = Table(
    "campaign",
    metadata,
    Column("id", ID, primary_key=True),
    Column("network_id", ID, ForeignKey("network.id"), nullable=False, index=True),
    Column("survey_id", String(80), nullable=False),
    Column("survey_version", VERSION, nullable=False),
    Column("survey_sha256", HASH, nullable=False),
    Column("length", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date, nullable=True),
)

round_table = Table(
    "round",
    metadata,
    Column("provider_id", ID, ForeignKey("provider.id"), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("campaign_id", ID, ForeignKey("campaign.id"), nullable=True, index=True),
    Column("survey_id", String(80), nullable=False),
    Column("survey_version", VERSION, nullable=False),
    Column("survey_sha256", HASH, nullable=False),
    Column("standards_id", String(80), nullable=False),
    Column("standards_version", VERSION, nullable=False),
    Column("standards_sha256", HASH, nullable=False),
    Column("length", WORD, nullable=False),
    Column("provider_view", WORD, nullable=False),
    Column("standard_threshold", Integer, nullable=False),
    Column("indicator_threshold", Integer, nullable=False),
    Column("state", WORD, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date, nullable=True),
    Column("made_up", Boolean, nullable=False),
    Column("paper_is_checked", Boolean, nullable=False, server_default=false()),
    Column("safeguarding_contact_id", ID, nullable=True),
    Column("purpose", Text, nullable=False, server_default=text("''")),
    Column("lawful_basis", WORD, nullable=True),
    Column("health_condition", WORD, nullable=False, server_default=text("'explicit-consent'")),
    Column("last_on", Date, nullable=True),
    Column("cancelled_on", Date, nullable=True),
    Column("purged_on", Date, nullable=True),
    Column("site_id", ID, nullable=True),
    Column("last_day_told", Date, nullable=True),
    Index(None, "id", unique=True),
    Index(None, "cancelled_on"),
)

_of_round = ("provider_id", "round_id")

invitation = Table(
    "invitation",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("round_id", ID, primary_key=True),
    Column("audience", WORD, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("link_hash", HASH, nullable=False, index=True),
    Column("used", Boolean, nullable=False),
    Column("generation", Integer, nullable=False, server_default=text("0")),
    Column("by_letter", Boolean, nullable=False, server_default=false()),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    sqlite_with_rowid=False,
)

address_list = Table(
    "address_list",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("round_id", ID, primary_key=True),
    Column("audience", WORD, primary_key=True),
    Column("reminders", Integer, nullable=False),
    Column("written_on", Date, nullable=False),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    sqlite_with_rowid=False,
)

round_address = Table(
    "round_address",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("id", HASH, primary_key=True),
    Column("round_id", ID, nullable=False),
    Column("audience", WORD, nullable=False),
    Column("sealed", Text, nullable=False, info={"sealed": "address/{id}"}),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    Index(None, "id"),
    Index(None, *_of_round),
    sqlite_with_rowid=False,
)

response = Table(
    "response",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("id", HASH, primary_key=True),
    Column("round_id", ID, nullable=False),
    Column("audience", WORD, nullable=False),
    Column("edition", WORD, nullable=False),
    Column("language", LANGUAGE, nullable=False),
    Column("answered_how", WORD, nullable=True),
    Column("state", WORD, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("submitted_on", Date, nullable=True),
    Column("support", JSON, nullable=True),
    Column("consent", JSON, nullable=True),
    Column("translated", JSON, nullable=True),
    Column("own_word", String(200), nullable=True),
    Column("entered_by", Integer, nullable=True),
    Column("checked_by", Integer, nullable=True),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    Index(None, "id"),
    Index(None, *_of_round, "state", "audience"),
    sqlite_with_rowid=False,
)

evidence = Table(
    "evidence",
    metadata,
    Column("provider_id", ID, ForeignKey("provider.id"), primary_key=True),
    Column("id", ID, primary_key=True),
    Column("round_id", ID, nullable=True),
    Column("standards_id", String(80), nullable=True),
    Column("standard_id", String(40), nullable=True),
    Column("title", NAME, nullable=False),
    Column("file_name", NAME, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", HASH, nullable=False),
    Column("sealed_key", String(400), nullable=False, info={"sealed": "evidence/{provider_id}/{id}"}),
    Column("added_on", Date, nullable=False),
    Column("added_by", Integer, ForeignKey("account.id", ondelete="SET NULL"), nullable=True, index=True),
    Column("deleted_on", Date, nullable=True, index=True),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
)

release = Table(
    "release",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("round_id", ID, primary_key=True),
    Column("id", RELEASE_ID, nullable=False),
    Column("sha256", HASH, nullable=False),
    Column("document", JSON, nullable=False),
    Column("squares", String(80), nullable=False),
    Column("degrees_of_freedom", Integer, nullable=False),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    UniqueConstraint("provider_id", "id"),
)

network_release = Table(
    "network_release",
    metadata,
    Column("campaign_id", ID, ForeignKey("campaign.id"), primary_key=True),
    Column("id", RELEASE_ID, nullable=False, unique=True),
    Column("sha256", HASH, nullable=False),
    Column("document", JSON, nullable=False),
)

come_back = Table(
    "come_back",
    metadata,
    Column("id", HASH, primary_key=True),
    Column("provider_id", ID, nullable=False),
    Column("round_id", ID, nullable=False),
    Column("sealed", String(400), nullable=False, info={"sealed_by": "a short code and its word"}),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    Index(None, *_of_round),
    sqlite_with_rowid=False,
)

share = Table(
    "share",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("id", HASH, primary_key=True),
    Column("response_id", HASH, nullable=False),
    Column("shared_with", WORD, nullable=False),
    Column("until", Date, nullable=False),
    ForeignKeyConstraint(("provider_id", "response_id"), ("response.provider_id", "response.id")),
    Index(None, "id"),
    Index(None, "provider_id", "response_id"),
    sqlite_with_rowid=False,
)

concern = Table(
    "concern",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("round_id", ID, nullable=False),
    Column("contact_id", ID, ForeignKey("contact.id"), nullable=False, index=True),
    Column("state", WORD, nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("sealed", Text, nullable=False, info={"sealed": "concern/{id}/0"}),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    sqlite_with_rowid=False,
)

concern_step = Table(
    "concern_step",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("concern_id", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", WORD, nullable=False),
    Column("on", Date, nullable=False),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=True),
    Column("sealed_note", Text, nullable=False, info={"sealed": "concern/{concern_id}/{number}"}),
    ForeignKeyConstraint(("provider_id", "concern_id"), ("concern.provider_id", "concern.id")),
)

visit = Table(
    "visit",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("round_id", ID, nullable=False),
    Column("network_id", ID, ForeignKey("network.id"), nullable=False, index=True),
    Column("planned_on", Date, nullable=False),
    Column("state", WORD, nullable=False),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    Index(None, "id", unique=True),
)

visit_checker = Table(
    "visit_checker",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("visit_id", ID, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False, index=True),
    Column("declared", WORD, nullable=True),
    Column(
        "sealed_interest", Text, nullable=False, server_default="", info={"sealed": "interest/{visit_id}/{account_id}"}
    ),
    ForeignKeyConstraint(("provider_id", "visit_id"), ("visit.provider_id", "visit.id")),
)

visit_device = Table(
    "visit_device",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("visit_id", ID, primary_key=True),
    Column("id", HASH, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("wipe", Boolean, nullable=False),
    Column("wiped", Boolean, nullable=False),
    ForeignKeyConstraint(("provider_id", "visit_id"), ("visit.provider_id", "visit.id")),
)

observation = Table(
    "observation",
    metadata,
    Column("provider_id", ID, primary_key=True),
    Column("visit_id", ID, primary_key=True),
    Column("id", HASH, primary_key=True),
    Column("standard_id", String(40), nullable=False),
    Column("seen", WORD, nullable=False),
    Column("sealed_note", Text, nullable=False, server_default="", info={"sealed": "observation/{visit_id}/{id}"}),
    ForeignKeyConstraint(("provider_id", "visit_id"), ("visit.provider_id", "visit.id")),
    sqlite_with_rowid=False,
)

log_line = Table(
    "log_line",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(20), nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("deed", String(40), nullable=False),
    Column("organisation_id", ID, nullable=False),
    Column("about", String(64), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("previous", HASH, nullable=False),
    Column("sha256", HASH, nullable=False),
    Index(None, "organisation_id", "number"),
)

letter = Table(
    "letter",
    metadata,
    Column("id", ID, primary_key=True),
    Column("sealed", Text, nullable=False, info={"sealed": "letter/{id}"}),
    Column("posted_on", Date, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Integer, nullable=False),
    Column("fault", WORD, nullable=False),
    sqlite_with_rowid=False,
)

sign_on = Table(
    "sign_on",
    metadata,
    Column("id", ID, primary_key=True),
    Column("network_id", ID, ForeignKey("network.id"), nullable=False, unique=True),
    Column("issuer", String(300), nullable=False),
    Column("client_id", String(200), nullable=False),
    Column("sealed_secret", Text, nullable=False, info={"sealed": "sign-on/{id}"}),
    Column("name", NAME, nullable=False),
    Column("is_second_factor", Boolean, nullable=False),
)

sign_on_account = Table(
    "sign_on_account",
    metadata,
    Column("subject", HASH, primary_key=True),
    Column("sign_on_id", ID, ForeignKey("sign_on.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", Integer, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    UniqueConstraint("sign_on_id", "account_id"),
    sqlite_with_rowid=False,
)

VISIT_TABLES = (visit, visit_checker, visit_device, observation)
