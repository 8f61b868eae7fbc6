"""The tables.

Every table of a provider begins its key with provider_id, so that partitions by provider need no redesign.
`invitation` and `response` share no column but the round's: nothing stored joins the one to the other. Both have
random or hashed keys and, on SQLite, no rowid, so that no order of insertion is kept either.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

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
)

network = Table(
    "network",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", NAME, nullable=False),
    Column("made_up", Boolean, nullable=False),
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
    Index(None, "id", unique=True),
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
    Column("generation", Integer, nullable=False),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
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
    Column("language", String(8), nullable=False),
    Column("answered_how", WORD, nullable=True),
    Column("state", WORD, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("submitted_on", Date, nullable=True),
    ForeignKeyConstraint(_of_round, ("round.provider_id", "round.id")),
    Index(None, "id"),
    Index(None, *_of_round, "state", "audience"),
    sqlite_with_rowid=False,
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
