"""A site with something on every page, every way in to it, and a watch on what belongs to others."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from sqlite3 import connect

from flask_limiter import Limiter
from pydantic import SecretStr
from sqlalchemy import make_url, update
from werkzeug.routing import Rule

from app.organisations import INSTALLATION, Membership, Role
from app.services import asking
from app.services.calling_off import cancel_round
from app.services.coming_back import choose_word
from app.services.joining_networks import invite_provider
from app.services.sealed_addresses import Addressee
from app.standards import Audience
from app.storage.tables import account, metadata
from tests.databases import SqliteFiles
from tests.days import TODAY
from tests.letters import forget_letters, letters, link_in
from tests.site import SURVEY, Site, Visitor, make_site

TO_NOWHERE = {"mail_server": SecretStr("smtp://127.0.0.1:9"), "mail_from": "driving-seat@example.org"}
WHO = (
    "lead", "contributor", "member", "coordinator", "checker", "safeguarding", "editor", "administrator", "auditor",
)  # fmt: skip
OTHERS = tuple(
    f"other {who}" for who in ("lead", "contributor", "member", "coordinator", "checker", "safeguarding")
)  # fmt: skip
"""Those of another provider, and of another network."""

WITH_TEAMS = {"/p": "provider", "/n": "network", "/a": "installation"}


@dataclass
class Furnished:
    """known: a value that exists, by the name of an address's part. teams: the same for pages of teams.

    more: who finds a form where, beyond the addresses of known. signed_in: everybody, signed in before it was kept.
    """

    site: Site
    known: dict[str, str]
    teams: dict[str, dict[str, str]]
    more: list[tuple[str | None, str]] = field(default_factory=list)
    signed_in: dict[str, Visitor] = field(default_factory=dict)
    at: datetime = datetime(2026, 11, 21, tzinfo=UTC)
    _kept: Path = Path()

    def paths(self) -> list[tuple[Rule, str, str]]:
        """Return (rule, method, path) of every route, with ids that exist."""
        adapter = self.site.app.url_map.bind("127.0.0.1")
        found = []
        for rule in self.site.app.url_map.iter_rules():
            methods = sorted((rule.methods or set()) & {"GET", "POST"})
            values = {name: self.value(rule, name) for name in rule.arguments}
            found += [(rule, method, adapter.build(rule.endpoint, values, method=method)) for method in methods]
        return found

    def value(self, rule: Rule, name: str) -> str:
        """Return an id that exists. Pages about teams and about one's own roles name different things in one place."""
        if "/team" in rule.rule:
            return self.teams[WITH_TEAMS[rule.rule[:2]]][name]
        own_role = "provider" if "organisation_id" in rule.arguments else "installation"
        return (self.teams[own_role] if "role" in rule.arguments else self.known)[name]

    def visitor(self, who: str | None = None) -> Visitor:
        """Return somebody with a browser, in which a respondent began too when nobody is signed in."""
        if who is not None:
            return self.signed_in[who].again()
        found = self.site.visitor()
        found.post(f"/a/{self.known['token']}/is-this-you", {"is_me": "yes"})
        return found

    @contextmanager
    def without_tokens_of_forms(self) -> Iterator[None]:
        """Take posts without the token of a form, so that what lies behind it is tried."""
        self.site.app.config["WTF_CSRF_ENABLED"] = False
        try:
            yield
        finally:
            self.site.app.config["WTF_CSRF_ENABLED"] = True

    def keep(self) -> None:
        """Remember the database as it is now."""
        self._kept = self._file.with_suffix(".kept")
        with closing(connect(self._file)) as now, closing(connect(self._kept)) as kept:
            now.backup(kept)

    def restore(self) -> None:
        """Put the database back as it was kept, and forget who tried what how often."""
        with closing(connect(self._kept)) as kept, closing(connect(self._file)) as now:
            kept.backup(now)
        self.forget_tries()

    def forget_tries(self) -> None:
        for limiter in self.site.app.extensions["limiter"]:
            assert isinstance(limiter, Limiter)
            limiter.reset()

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table, but for what asking alone moves on: when a session was used, and the log."""
        with self.site.database.reading() as connection:
            return {
                name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=str)
                for name in sorted(metadata.tables)
                if name not in {"account_session", "log_line"}
            }

    @property
    def _file(self) -> Path:
        return Path(make_url(self.site.settings.url_of_database).database or "")


def furnish(folder: Path, databases: SqliteFiles) -> Furnished:
    """Return a site with something of every kind, at the lead's provider and in the coordinator's network."""
    site = make_site(folder, databases.new_url())
    site.app.extensions["driving_seat_settings"] = site.settings.model_copy(update=TO_NOWHERE)
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    campaign = site.campaign(closed=True)
    of = site.open_round()
    _ask(site, of.id)
    concern_id = site.tell(of)
    visit = site.visit(of, begun=True)
    site.visit(of, declared=False)
    closed = site.closed_round()
    cancel_round(site.database, site.open_round().id, TODAY)
    invite_provider(site.database, site.network.id, token_hex(8), "Rowan Lane", date.today())
    link = site.begun_link(of)
    found = Furnished(site, {
        "token": link.removeprefix("/a/"), "question_id": "S01.a", "round_id": of.id, "campaign_id": campaign.id,
        "network_id": site.network.id, "contact_id": site.contact.id, "concern_id": concern_id, "language": "en",
        "text_sha256": site.record().sha256, "name": site.speak("Yes"), "visit_id": visit.id, "account_id": "1",
        "set_id": SURVEY, "version": "1.0.0", "kind": "xlsx", "provider_id": site.provider.id,
        "evidence_id": site.keep_evidence().id, "invitation_id": "1" * 16, "secret": site.network_invitation(),
        "share_token": site.shared_token(), "sign_on_id": site.sign_on(), "site_id": site.add_site(),
        "closed_round_id": closed.id,
        "campaign_round_id": site.round_in(campaign).id,
    }, _teams(site))  # fmt: skip
    found.more = _more(found)
    found.signed_in = {who: site.visitor(who) for who in (*WHO, *OTHERS)}
    found.keep()
    return found


def _more(of: Furnished) -> list[tuple[str | None, str]]:
    """Open what has to be opened before its form is there, and ask for the links that come by letter."""
    site, concern = of.site, f"/concerns/{of.known['concern_id']}"
    site.visitor("safeguarding").fill_in(concern)
    undeclared = site.visit(declared=False)
    locked = site.begun_link(site.open_round())
    choose_word(site.database, site.settings.hash_key(), locked.removeprefix("/a/"), "blue dog")
    forget_letters(site)
    site.visitor().fill_in("/reset", {"email": site.people["other member"]})
    site.invite_colleague(Membership(Role.MEMBER, site.provider.id), "new@example.org")
    links = [link_in(site, each) for each in letters(site)]
    return [("safeguarding", concern), ("checker", f"/visits/{undeclared.id}"), (None, locked)] + [
        (None, each) for each in links
    ]


def _ask(site: Site, round_id: str) -> None:
    people = [Addressee(f"person{number}@example.org", "en") for number in range(3)]
    asking.ask(site.database, site.settings, round_id, Audience.FAMILY, people, date.today())


def _teams(site: Site) -> dict[str, dict[str, str]]:
    return {
        name: {
            "organisation_id": into.organisation_id,
            "account_id": str(site.account_id(into.role.value)),
            "role": into.role.value,
            "invitation_id": site.invite_colleague(into),
        }
        for name, into in (
            ("provider", Membership(Role.LEAD, site.provider.id)),
            ("network", Membership(Role.COORDINATOR, site.network.id)),
            ("installation", Membership(Role.ADMINISTRATOR, INSTALLATION)),
        )
    }
