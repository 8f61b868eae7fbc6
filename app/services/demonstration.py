"""A made-up network after the published survey of 156 providers of personalised support, marked as made up everywhere.

Providers with more years of Individual Service Funds do more of the key elements; that association is put in here, it
is not found. Source of the pattern: Simon Duffy, "Personalised Support", Centre for Welfare Reform (now Citizen
Network).
"""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.errors import Refused
from app.organisations import Contact, ContactKind, Membership, Network, Provider, Role
from app.responses import SUGGESTED_PURPOSE, LawfulBasis, Purpose
from app.services import accounts, contacts, organising, visiting
from app.services.installing import BEGUN, DEMONSTRATION, FINISHED, is_unfinished_demonstration
from app.services.inviting import invite
from app.services.links import imported_response_id
from app.services.made_up_answers import MadeUpProvider, made_up_providers, made_up_responses
from app.services.networking import close_campaign, open_campaign
from app.services.publishing import survey_of
from app.services.rounds import all_rounds, open_round
from app.standards import Audience
from app.storage import Database, installation, responses
from app.storage.keys import new_id
from app.surveys import Length

SURVEY = "personalised-support"
WHY = Purpose(SUGGESTED_PURPOSE, LawfulBasis.LEGITIMATE_INTERESTS)
SHEET = "demonstration.json"


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class DemonstrationSheet:
    """What is printed: how to sign in, and links to answer. All of it is made up and of no use elsewhere."""

    sign_ins: tuple[SignIn, ...]
    paths: dict[str, str]

    def as_text(self, base_url: str) -> str:
        lines = ["", "A demonstration with made-up data.", ""]
        lines += [f"Sign in as {each.role}: {each.email}  password: {each.password}" for each in self.sign_ins]
        lines += [f"Answer as {who}: {base_url}{path}" for who, path in self.paths.items()]
        return "\n".join(lines)


def shown_before(home: Path) -> DemonstrationSheet | None:
    """Return what an earlier demonstration printed, or None."""
    try:
        stored = json.loads((home / SHEET).read_text())
    except FileNotFoundError:
        return None
    return DemonstrationSheet(tuple(SignIn(**each) for each in stored["sign_ins"]), stored["paths"])


def add_demonstration(
    database: Database,
    *,
    home: Path,
    hash_password: Callable[[str], str],
    provider_count: int,
    people_count: int | None,
    seed: int,
    on: date,
) -> DemonstrationSheet:
    """Add a made-up network with a closed campaign and one open round. Raises Refused beside real providers.

    people_count: people who answer in each provider; None: between 3 and 30, as it comes. The same seed gives the
    same answers.
    """
    _refuse_beside_real_ones(database)
    if is_unfinished_demonstration(database):
        raise Refused("Making a demonstration was interrupted here. Begin anew in an empty folder.")
    with database.writing() as connection:
        installation.mark(connection, DEMONSTRATION, BEGUN)
    chance = Random(seed)  # nosec B311  # noqa: S311  # made-up answers need no secret randomness
    drawn = made_up_providers(chance, provider_count, people_count)
    network = organising.add_network(database, "Made-up network of personalised support", made_up=True)
    added = [organising.add_provider(database, each.name, each.context, made_up=True) for each in drawn]
    for provider in added:
        organising.join_network(database, network.id, provider.id)
    _run_campaign(database, network, dict(zip((each.id for each in added), drawn, strict=True)), chance, on)
    sheet = _sheet(database, network, _shown_provider(added, drawn), hash_password, on)
    _keep(home / SHEET, sheet)
    with database.writing() as connection:
        installation.mark(connection, DEMONSTRATION, FINISHED)
    return sheet


def _refuse_beside_real_ones(database: Database) -> None:
    if any(not provider.made_up for provider in organising.providers(database)):
        raise Refused("There are real providers in this installation. Put a demonstration in one of its own.")


def _run_campaign(
    database: Database, network: Network, drawn: dict[str, MadeUpProvider], chance: Random, closing: date
) -> None:
    campaign = open_campaign(database, network.id, SURVEY, on=closing - timedelta(days=60), purpose=WHY)
    rounds = [each for each, _ in all_rounds(database, campaign_id=campaign.id)]
    for of in sorted(rounds, key=lambda each: list(drawn).index(each.provider_id)):
        made = made_up_responses(chance, drawn[of.provider_id], survey_of(database, of), of.length)
        key = secrets.token_bytes(32)
        rows = [(imported_response_id(key, of.id, str(number)), each) for number, each in enumerate(made)]
        with database.writing() as connection:
            responses.add_submitted(connection, of, rows, closing)
    close_campaign(database, campaign.id, closing)


def _shown_provider(added: list[Provider], drawn: list[MadeUpProvider]) -> Provider:
    """Return the provider to sign in to: one with enough people for every figure, and room to improve."""

    def need(pair: tuple[Provider, MadeUpProvider]) -> tuple[bool, bool, float]:
        made = pair[1]
        return made.people_count < 24, made.people_count < 12, abs(made.quality - 0.55)

    return min(zip(added, drawn, strict=True), key=need)[0]


def _sheet(
    database: Database, network: Network, shown: Provider, hash_password: Callable[[str], str], on: date
) -> DemonstrationSheet:
    password = secrets.token_urlsafe(9)
    mark = "" if not accounts.account_exists(database, "lead@demo.example") else f"-{network.id[:4]}"
    sign_ins = (
        SignIn("a provider's lead", f"lead{mark}@demo.example", password),
        SignIn("a network's coordinator", f"coordinator{mark}@demo.example", password),
        SignIn("a quality checker", f"checker{mark}@demo.example", password),
        SignIn("the other checker of the pair", f"supporter{mark}@demo.example", password),
        SignIn("a safeguarding contact", f"safeguarding{mark}@demo.example", password),
    )
    checker = Membership(Role.CHECKER, network.id)
    roles = (Membership(Role.LEAD, shown.id), Membership(Role.COORDINATOR, network.id), checker, checker)
    memberships = (*roles, Membership(Role.SAFEGUARDING, network.id))
    hashed = hash_password(password)
    for sign_in, membership in zip(sign_ins, memberships, strict=True):
        accounts.add_account(database, sign_in.email, hashed, [membership])
    _add_contacts(database, network, sign_ins[-1].email)
    opened = open_round(database, shown.id, SURVEY, length=Length.SHORT, on=on, purpose=WHY)
    pair = visiting.checkers_of(database, network.id)
    visiting.plan_visit(database, network.id, opened.id, tuple(pair), on + timedelta(days=7))
    paths = {
        f"{who} ({shown.name})": f"/a/{invite(database, opened.id, audience, 1)[0].token}"
        for who, audience in (
            ("a person", Audience.PERSON),
            ("a family", Audience.FAMILY),
            ("the provider", Audience.PROVIDER),
        )
    }
    return DemonstrationSheet(sign_ins, paths)


def _add_contacts(database: Database, network: Network, email: str) -> None:
    """Add contacts nobody can reach: the phone numbers are Ofcom's for use in stories."""
    about = "Works for a safeguarding team that does not exist."
    account_id = contacts.account_for(database, network.id, email)
    jo = Contact("", network.id, ContactKind.SAFEGUARDING, "Jo Bell (made up)", "01632 960 001", about, account_id, 2)
    about = "Helps you to say what you want. Does not exist."
    advocacy = Contact("", network.id, ContactKind.ADVOCACY, "Speak Up (made up)", "01632 960 002", about)
    for each in (jo, advocacy):
        contacts.add_contact(database, replace(each, id=new_id()))


def _keep(path: Path, sheet: DemonstrationSheet) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(sheet), file)
