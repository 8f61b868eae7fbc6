"""Every service that staff use asks for itself who may: whatever page, command or program calls it."""

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import app.services
from app.errors import DrivingSeatError, NotFound
from app.organisations import (
    INSTALLATION,
    NOBODY,
    NOT_YOURS,
    PROVIDER_ROLES,
    Act,
    Actor,
    Contact,
    ContactKind,
    Membership,
    Role,
)
from app.organisations.evidence import Evidence, Label
from app.organisations.permissions import MAY
from app.outgoing import Caller
from app.responses import Round
from app.responses.visit import Declared
from app.services import (
    accounts,
    archiving,
    asking,
    backing_up,
    booklets,
    calling_off,
    changing_keys,
    closing,
    contacts,
    entering,
    evidence,
    importing,
    inviting,
    inviting_colleagues,
    joining_networks,
    log,
    networking,
    notifying,
    organising,
    recordings,
    reporting,
    rounds,
    sending,
    signing_on,
    sites,
    teams,
    tending,
    visit_queue,
    visiting,
)
from app.services.inviting_colleagues import Office
from app.services.rounds import all_rounds
from app.services.sealed_addresses import Addressee
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from config import Settings
from tests.days import TODAY
from tests.integration.conftest import SURVEY
from tests.integration.visits import planned_visit
from tests.whole_app import documented


@dataclass(frozen=True)
class Place:
    """Where something is done: a round of a provider, in a network that sends a visit and runs a campaign."""

    round: Round
    network_id: str
    campaign_id: str
    visit_id: str
    checker_id: int
    invitation_id: str
    folder: Path
    site_id: str


SENDS = Settings(secret_key="k" * 40, mail_server="smtp://127.0.0.1:9", mail_from="seat@example.org")
ANN = Addressee("ann@example.org", "en")
OFFICE = Office([b"k" * 40], b"h" * 40, "https://example.org")
Call = Callable[[Database, Place], object]


def _turn(place: Place) -> tending.Turn:
    return tending.Turn(TODAY, place.folder / "evidence", OFFICE)


def _contact(place: Place) -> Contact:
    return Contact("x" * 16, place.network_id, ContactKind.HELP, "Jo", "01632 960001", "")


def _file(place: Place) -> Evidence:
    return Evidence(
        "0" * 16, place.round.provider_id, Label("Our plan"), "x.pdf", "application/pdf", 1, "0" * 64, TODAY, None
    )


def _store(place: Place) -> evidence.Store:
    return evidence.Store(place.folder, [b"k" * 40], 1000, 1000)


def _add_evidence(database: Database, place: Place) -> object:
    of = _file(place)
    return evidence.add_evidence(
        database, _store(place), of.provider_id, of.id, of.label, file_name="x", content=b"x", on=TODAY
    )


def _set_sign_on(database: Database, network_id: str) -> object:
    client = signing_on.Client("https://id.example.org", "us", "secret")
    return signing_on.set_sign_on(
        database, [b"k" * 40], Caller(), network_id, client, name="Northern", is_second_factor=False
    )


ASKED: Mapping[str, tuple[Act, Call]] = {
    "rounds.open_round": (Act.RUN_ROUNDS, lambda d, p: rounds.open_round(d, p.round.provider_id, SURVEY, on=TODAY)),
    "rounds.name_safeguarding_contact": (
        Act.RUN_ROUNDS, lambda d, p: rounds.name_safeguarding_contact(d, p.round.id, "nobody"),
    ),
    "rounds.change_last_day": (
        Act.RUN_ROUNDS, lambda d, p: rounds.change_last_day(d, p.round.id, TODAY, before=None, on=TODAY),
    ),
    "calling_off.cancel_round": (Act.RUN_ROUNDS, lambda d, p: calling_off.cancel_round(d, p.round.id, TODAY)),
    "calling_off.bring_back": (Act.RUN_ROUNDS, lambda d, p: calling_off.bring_back(d, p.round.id, TODAY)),
    "calling_off.purge_cancelled": (Act.ADMINISTER, lambda d, p: calling_off.purge_cancelled(d, TODAY)),
    "rounds.view_of": (Act.SEE_ROUNDS, lambda d, p: rounds.view_of(d, p.round.id)),
    "rounds.all_rounds": (Act.SEE_ROUNDS, lambda d, p: rounds.all_rounds(d, provider_id=p.round.provider_id)),
    "closing.unfinished_in_round": (Act.RUN_ROUNDS, lambda d, p: closing.unfinished_in_round(d, p.round)),
    "closing.close_round": (Act.RUN_ROUNDS, lambda d, p: closing.close_round(d, p.round.id, TODAY)),
    "reporting.provider_report_of": (Act.SEE_ROUNDS, lambda d, p: reporting.provider_report_of(d, p.round.id)),
    "inviting.invite": (Act.RUN_ROUNDS, lambda d, p: inviting.invite(d, p.round.id, Audience.PERSON, 1)),
    "inviting.invite_by": (Act.RUN_ROUNDS, lambda d, p: inviting.invite_by(d, p.round.id, Audience.PERSON, ["A" * 20])),
    "inviting.remind": (Act.RUN_ROUNDS, lambda d, p: inviting.remind(d, p.round.id, Audience.PERSON)),
    "inviting.links_made": (Act.TYPE_IN_PAPER, lambda d, p: inviting.links_made(d, p.round)),
    "inviting.code_for_paper": (
        Act.TYPE_IN_PAPER, lambda d, p: inviting.code_for_paper(d, p.round.id, Audience.PERSON, 0),
    ),
    "booklets.booklet_of": (
        Act.RUN_ROUNDS, lambda d, p: booklets.booklet_of(d, p.round.id, Audience.PERSON, Edition.STANDARD, "en"),
    ),
    "importing.import_responses": (
        Act.RUN_ROUNDS, lambda d, p: importing.import_responses(d, b"k" * 40, p.round.id, p.folder / "none.csv", TODAY),
    ),
    "backing_up.write_backup": (
        Act.ADMINISTER, lambda d, p: backing_up.write_backup(d, (), p.folder, io.BytesIO()),
    ),
    "changing_keys.held": (Act.ADMINISTER, lambda d, p: changing_keys.held(d, [b"k" * 40])),
    "changing_keys.seal_anew": (Act.ADMINISTER, lambda d, p: changing_keys.seal_anew(d, [b"k" * 40])),
    "changing_keys.refuse_forgetting": (Act.ADMINISTER, lambda d, p: changing_keys.refuse_forgetting(d, [b"k" * 40])),
    "changing_keys.note_forgetting": (Act.ADMINISTER, lambda d, p: changing_keys.note_forgetting(d)),
    "changing_keys.tablets_waiting": (Act.ADMINISTER, lambda d, p: changing_keys.tablets_waiting(d)),
    "importing.write_template_for": (
        Act.RUN_ROUNDS, lambda d, p: importing.write_template_for(d, p.round.id, p.folder / "out.csv", "csv"),
    ),
    "entering.paper_round": (Act.TYPE_IN_PAPER, lambda d, p: entering.paper_round(d, p.round.id)),
    "entering.open_booklet": (Act.TYPE_IN_PAPER, lambda d, p: entering.open_booklet(d, p.round, "A" * 20, 1)),
    "entering.enter": (Act.TYPE_IN_PAPER, lambda d, p: entering.enter(d, p.round, "A" * 20, {}, 1, TODAY)),
    "networking.open_campaign": (
        Act.RUN_NETWORK, lambda d, p: networking.open_campaign(d, p.network_id, SURVEY, on=TODAY),
    ),
    "networking.close_campaign": (Act.RUN_NETWORK, lambda d, p: networking.close_campaign(d, p.campaign_id, TODAY)),
    "networking.network_report_of": (Act.RUN_NETWORK, lambda d, p: networking.network_report_of(d, p.campaign_id)),
    "networking.network_report_of, as a provider": (
        Act.SEE_ROUNDS, lambda d, p: networking.network_report_of(d, p.campaign_id, p.round.provider_id),
    ),
    "networking.view_of_network": (Act.RUN_NETWORK, lambda d, p: networking.view_of_network(d, p.network_id)),
    "networking.view_of_campaign": (Act.RUN_NETWORK, lambda d, p: networking.view_of_campaign(d, p.campaign_id)),
    "networking.unfinished_in_campaign": (
        Act.RUN_NETWORK, lambda d, p: networking.unfinished_in_campaign(d, p.campaign_id),
    ),
    "organising.add_provider": (Act.ADMINISTER, lambda d, p: organising.add_provider(d, "New")),
    "organising.add_network": (Act.ADMINISTER, lambda d, p: organising.add_network(d, "New")),
    "organising.join_network": (
        Act.ADMINISTER, lambda d, p: organising.join_network(d, p.network_id, p.round.provider_id),
    ),
    "organising.providers": (Act.ADMINISTER, lambda d, p: organising.providers(d)),
    "organising.networks": (Act.ADMINISTER, lambda d, p: organising.networks(d)),
    "organising.provider": (Act.SEE_ROUNDS, lambda d, p: organising.provider(d, p.round.provider_id)),
    "notifying.tell_of_last_days": (Act.ADMINISTER, lambda d, p: notifying.tell_of_last_days(d, TODAY)),
    "tending.due": (Act.ADMINISTER, lambda d, p: tending.due(d, _turn(p))),
    "tending.tend": (Act.ADMINISTER, lambda d, p: tending.tend(d, _turn(p))),
    "tending.begin_turn": (Act.ADMINISTER, lambda d, p: tending.begin_turn(d, TODAY)),
    "tending.tended_on": (Act.ADMINISTER, lambda d, p: tending.tended_on(d)),
    "sites.add_site": (Act.RUN_PROVIDER, lambda d, p: sites.add_site(d, p.round.provider_id, "Mill")),
    "sites.rename_site": (Act.RUN_PROVIDER, lambda d, p: sites.rename_site(d, p.site_id, "Mill", before="Maple House")),
    "sites.archive_site": (
        Act.RUN_PROVIDER, lambda d, p: sites.archive_site(d, p.site_id, TODAY, before="Maple House"),
    ),
    "sites.bring_site_back": (Act.RUN_PROVIDER, lambda d, p: sites.bring_site_back(d, p.site_id)),
    "sites.sites_of": (Act.SEE_ROUNDS, lambda d, p: sites.sites_of(d, p.round.provider_id)),
    "sites.sites_to_ask": (Act.SEE_ROUNDS, lambda d, p: sites.sites_to_ask(d, p.round.provider_id)),
    "sites.site": (Act.SEE_ROUNDS, lambda d, p: sites.site(d, p.round.provider_id, p.site_id)),
    "sending.status": (Act.ADMINISTER, lambda d, p: sending.status(d)),
    "sending.send_again": (Act.ADMINISTER, lambda d, p: sending.send_again(d)),
    "sending.drop_given_up": (Act.ADMINISTER, lambda d, p: sending.drop_given_up(d)),
    "signing_on.set_sign_on": (Act.ADMINISTER, lambda d, p: _set_sign_on(d, p.network_id)),
    "signing_on.sign_ons": (Act.ADMINISTER, lambda d, p: signing_on.sign_ons(d)),
    "signing_on.remove_sign_on": (Act.ADMINISTER, lambda d, p: signing_on.remove_sign_on(d, p.network_id)),
    "contacts.contacts_of": (Act.RUN_NETWORK, lambda d, p: contacts.contacts_of(d, p.network_id)),
    "contacts.contact": (Act.RUN_NETWORK, lambda d, p: contacts.contact(d, p.network_id, "x" * 16)),
    "contacts.safeguarding_accounts": (Act.RUN_NETWORK, lambda d, p: contacts.safeguarding_accounts(d, p.network_id)),
    "contacts.account_for": (Act.RUN_NETWORK, lambda d, p: contacts.account_for(d, p.network_id, "jo@example.org")),
    "contacts.add_contact": (Act.RUN_NETWORK, lambda d, p: contacts.add_contact(d, _contact(p))),
    "contacts.change_contact": (Act.RUN_NETWORK, lambda d, p: contacts.change_contact(d, _contact(p))),
    "contacts.move_contact": (Act.RUN_NETWORK, lambda d, p: contacts.move_contact(d, p.network_id, "x" * 16, 1)),
    "contacts.remove_contact": (Act.RUN_NETWORK, lambda d, p: contacts.remove_contact(d, p.network_id, "x" * 16)),
    "contacts.takers_of": (Act.SEE_ROUNDS, lambda d, p: contacts.takers_of(d, p.round.provider_id)),
    "recordings.reading_list": (Act.RUN_NETWORK, lambda d, p: recordings.reading_list(d, p.network_id, "en", [])),
    "recordings.voices": (Act.RUN_NETWORK, lambda d, p: recordings.voices(d, p.network_id)),
    "recordings.recording_in": (Act.RUN_NETWORK, lambda d, p: recordings.recording_in(d, p.network_id, "en", "0" * 64)),
    "recordings.keep_recording": (
        Act.RUN_NETWORK,
        lambda d, p: recordings.keep_recording(d, p.folder, p.network_id, "en", "0" * 64, content=b"x"),
    ),
    "recordings.delete_recording": (
        Act.RUN_NETWORK, lambda d, p: recordings.delete_recording(d, p.folder, p.network_id, "en", "0" * 64),
    ),
    "recordings.delete_voice": (
        Act.RUN_NETWORK, lambda d, p: recordings.delete_voice(d, p.folder, p.network_id, "Sam"),
    ),
    "log.newest_lines": (Act.READ_LOG, lambda d, p: log.newest_lines(d)),
    "log.all_lines": (Act.READ_LOG, lambda d, p: log.all_lines(d)),
    "log.verify": (Act.READ_LOG, lambda d, p: log.verify(d)),
    "evidence.evidence_of": (Act.SEE_EVIDENCE, lambda d, p: evidence.evidence_of(d, p.round.provider_id, TODAY)),
    "evidence.one_of": (Act.SEE_EVIDENCE, lambda d, p: evidence.one_of(d, p.round.provider_id, "0" * 16)),
    "evidence.content_of": (Act.SEE_EVIDENCE, lambda d, p: evidence.content_of(d, _store(p), _file(p))),
    "evidence.add_evidence": (Act.KEEP_EVIDENCE, _add_evidence),
    "evidence.change_label": (
        Act.KEEP_EVIDENCE,
        lambda d, p: evidence.change_label(d, p.round.provider_id, "0" * 16, Label("x"), before=Label("y")),
    ),
    "evidence.delete_evidence": (
        Act.KEEP_EVIDENCE, lambda d, p: evidence.delete_evidence(d, p.round.provider_id, "0" * 16, TODAY),
    ),
    "evidence.bring_back": (
        Act.KEEP_EVIDENCE, lambda d, p: evidence.bring_back(d, p.round.provider_id, "0" * 16, TODAY),
    ),
    "evidence.purge_deleted": (Act.ADMINISTER, lambda d, p: evidence.purge_deleted(d, p.folder / "evidence", TODAY)),
    "archiving.merge_providers": (
        Act.ADMINISTER, lambda d, p: archiving.merge_providers(d, p.round.provider_id, "another", TODAY),
    ),
    "joining_networks.members_of": (Act.RUN_NETWORK, lambda d, p: joining_networks.members_of(d, p.network_id)),
    "joining_networks.networks_of": (
        Act.RUN_PROVIDER, lambda d, p: joining_networks.networks_of(d, p.round.provider_id),
    ),
    "joining_networks.invite_provider": (
        Act.RUN_NETWORK, lambda d, p: joining_networks.invite_provider(d, p.network_id, "3" * 16, "Rowan", TODAY),
    ),
    "joining_networks.open_invitations": (
        Act.RUN_NETWORK, lambda d, p: joining_networks.open_invitations(d, p.network_id),
    ),
    "joining_networks.take_back_invitation": (
        Act.RUN_NETWORK, lambda d, p: joining_networks.take_back_invitation(d, p.network_id, "3" * 16),
    ),
    "joining_networks.accept": (
        Act.RUN_PROVIDER, lambda d, p: joining_networks.accept(d, "none", p.round.provider_id, TODAY),
    ),
    "asking.sort_out": (Act.RUN_ROUNDS, lambda d, p: asking.sort_out(d, SENDS, p.round.id, Audience.PERSON, [ANN])),
    "asking.ask": (
        Act.RUN_ROUNDS, lambda d, p: asking.ask(d, SENDS, p.round.id, Audience.PERSON, [ANN], TODAY),
    ),
    "asking.remind": (Act.RUN_ROUNDS, lambda d, p: asking.remind(d, SENDS, p.round.id, Audience.PERSON, TODAY)),
    "asking.asked_by_letter": (Act.RUN_ROUNDS, lambda d, p: asking.asked_by_letter(d, p.round.id, TODAY)),
    "asking.take_off": (Act.RUN_ROUNDS, lambda d, p: asking.take_off(d, SENDS, p.round.id, "ann@example.org")),
    "asking.forget_addresses_of_closed_rounds": (
        Act.ADMINISTER, lambda d, p: asking.forget_addresses_of_closed_rounds(d),
    ),
    "visiting.choices_of": (Act.RUN_NETWORK, lambda d, p: visiting.choices_of(d, p.network_id)),
    "visiting.checkers_of": (Act.RUN_NETWORK, lambda d, p: visiting.checkers_of(d, p.network_id)),
    "visiting.visits_of_network": (Act.RUN_NETWORK, lambda d, p: visiting.visits_of_network(d, p.network_id)),
    "visiting.plan_visit": (
        Act.RUN_NETWORK, lambda d, p: visiting.plan_visit(d, p.network_id, p.round.id, [1, 2], TODAY),
    ),
    "visiting.replace_checker": (
        Act.RUN_NETWORK, lambda d, p: visiting.replace_checker(d, p.visit_id, p.checker_id, p.checker_id),
    ),
    "visiting.cancel": (Act.RUN_NETWORK, lambda d, p: visiting.cancel(d, p.visit_id)),
    "visiting.declare": (
        Act.VISIT, lambda d, p: visiting.declare(d, p.visit_id, p.checker_id, Declared.NONE, ""),
    ),
    "visiting.finish": (Act.VISIT, lambda d, p: visiting.finish(d, p.visit_id)),
    "visiting.register_device": (
        Act.VISIT, lambda d, p: visiting.register_device(d, p.visit_id, p.checker_id, "Blue", "5" * 64),
    ),
    "visiting.findings_of": (Act.SEE_ROUNDS, lambda d, p: visiting.findings_of(d, p.round)),
}  # fmt: skip


def _member(place: Place) -> Membership:
    return Membership(Role.MEMBER, place.round.provider_id)


def _invite(database: Database, place: Place) -> object:
    into = Membership(Role.MEMBER, place.round.provider_id)
    return inviting_colleagues.invite(database, OFFICE, "1" * 16, "jo@example.org", into, TODAY)


OF_PROVIDER = frozenset({Act.RUN_PROVIDER, Act.ADMINISTER})
OF_NETWORK = frozenset({Act.RUN_NETWORK, Act.ADMINISTER})
SEEN_BY_TWO_ROLES: Mapping[str, tuple[frozenset[Act], Call]] = {
    "visiting.view_of": (frozenset({Act.VISIT, Act.RUN_NETWORK}), lambda d, p: visiting.view_of(d, p.visit_id)),
    "inviting_colleagues.invite": (OF_PROVIDER, _invite),
    "inviting_colleagues.resend": (
        OF_PROVIDER, lambda d, p: inviting_colleagues.resend(d, OFFICE, p.invitation_id, TODAY),
    ),
    "inviting_colleagues.revoke": (
        OF_PROVIDER, lambda d, p: inviting_colleagues.revoke(d, p.invitation_id),
    ),
    "teams.team_of": (OF_PROVIDER, lambda d, p: teams.team_of(d, p.round.provider_id, PROVIDER_ROLES)),
    "teams.colleague": (OF_PROVIDER, lambda d, p: teams.colleague(d, 1, _member(p))),
    "teams.change_role": (OF_PROVIDER, lambda d, p: teams.change_role(d, 1, _member(p), Role.LEAD)),
    "teams.take_role_away": (OF_PROVIDER, lambda d, p: teams.take_role_away(d, 1, _member(p))),
    "organising.organisation_of": (
        OF_PROVIDER, lambda d, p: organising.organisation_of(d, p.round.provider_id, Role.MEMBER),
    ),
    "organising.rename_provider": (
        OF_PROVIDER, lambda d, p: organising.rename_provider(d, p.round.provider_id, "Bramble"),
    ),
    "organising.rename_network": (OF_NETWORK, lambda d, p: organising.rename_network(d, p.network_id, "North")),
    "archiving.archive_provider": (
        OF_PROVIDER, lambda d, p: archiving.archive_provider(d, p.round.provider_id, TODAY),
    ),
    "archiving.bring_provider_back": (
        OF_PROVIDER, lambda d, p: archiving.bring_provider_back(d, p.round.provider_id),
    ),
    "archiving.archive_network": (OF_NETWORK, lambda d, p: archiving.archive_network(d, p.network_id, TODAY)),
    "archiving.bring_network_back": (OF_NETWORK, lambda d, p: archiving.bring_network_back(d, p.network_id)),
    "joining_networks.leave": (
        frozenset({Act.RUN_PROVIDER, Act.RUN_NETWORK}),
        lambda d, p: joining_networks.leave(d, p.network_id, p.round.provider_id),
    ),
    "visiting.ask_to_wipe": (
        frozenset({Act.VISIT, Act.RUN_NETWORK}), lambda d, p: visiting.ask_to_wipe(d, p.visit_id, "none"),
    ),
}  # fmt: skip
ALL_ASKED = {**{name: (frozenset({act}), call) for name, (act, call) in ASKED.items()}, **SEEN_BY_TWO_ROLES}

BY_A_SECRET = {
    "answering": "the link's secret",
    "coming_back": "the short code, or the link's secret",
    "own_answers": "the link's secret",
    "sharing": "the link's secret",
    "visiting.device_of": "the tablet's secret",
    "asking.stop": "the secret in the letter",
    "joining_networks.open_invitation": "the invitation's secret; it names the actor's own providers alone",
    "inviting_colleagues.open_invitation": "the invitation's secret",
    "inviting_colleagues.accept_as": "the invitation's secret",
    "inviting_colleagues.accept_new": "the invitation's secret",
    "visiting.note_wiped": "the tablet's secret",
    "signing_on.begin": "anybody, before they sign in",
    "sign_in_links": "the link's secret; a letter goes to the account's own address alone",
    "signing_on.come_back": "what the identity provider signed",
    "signing_on.bind": "what the identity provider signed",
}
FOR_ANYBODY = {
    "asking.can_ask": "whether letters leave at all",
    "asking_letters": "the postman, in the moment of sending",
    "news_letters": "the postman, in the moment of sending",
    "publishing": "published standards and surveys",
    "speaking": "published words",
    "translations": "published words",
    "installing": "what kind of installation this is",
    "signing_on.buttons": "what the sign-in page shows",
    "posting": "whether letters leave this installation",
    "contacts.contacts_for": "whom people can call, on every page for them",
    "concerns.safeguarding_contact": "who takes concerns, on every page for them",
    "concerns.raise_concern": "anybody with a link",
    "evidence.newest_standards": "published standards",
    "evidence.known_standards": "published standards",
    "recordings.text_with": "published words",
    "recordings.recordings_for": "sounds that respondents hear",
    "rounds.pinned_round": "makes an object, and keeps nothing",
    "entering.read_booklet": "makes an object, and keeps nothing",
}
OWN_ALONE = {
    "concerns": "asks for the contact's own account: tests/integration/test_concerns.py",
    "visiting.own_visits": "those of the actor",
    "visiting.is_own": "says it of the actor",
    "entering.open_rounds_to_check": "those of the actor's networks",
    "overview.rounds_at_a_glance": "those of the actor's own providers: tests/integration/test_overview.py",
    "networking.networks_by_id": "those that the actor's own roles name",
    "inviting_colleagues.invitations_of": "those that the actor may give: tests/integration/test_team.py",
    "teams.own_roles": "those of the actor",
    "teams.own_role": "one of the actor's own",
    "teams.leave": "the actor's own role: tests/integration/test_team.py",
    "notifying.choices": "those of the actor",
    "notifying.choose": "those of the actor",
    "account_sessions": "those of the account that signed in: tests/integration/test_account_sessions.py",
    "own_account": "that of whoever signed in: tests/web/accounts/test_own_account.py",
    "visit_queue.take_in": "the pair of the visit: tests/integration/test_who_may.py",
}
AFTER_THE_CALLER_ASKED = {
    "closing.unfinished_in", "closing.clear_traces", "closing.sigma_of", "closing.close_open_round",
    "booklets.make_booklets", "rounds.require_typing_in", "joining_networks.join",
    "organising.require_looking_after", "log.note", "log.note_of", "log.note_own", "log.note_failed",
    "own_account.forget_account",
    "notifying.tell", "notifying.tell_of_closed_round", "notifying.tell_of_closed_campaign",
    "notifying.tell_of_colleague", "notifying.tell_of_provider",
}  # fmt: skip
AT_THE_MACHINE = {
    "demonstration": "the command line alone",
    "accounts": "the command line alone",
    "sending.send_waiting": "the installation itself; it shows nobody anything",
}
NOT_ASKED = {*BY_A_SECRET, *FOR_ANYBODY, *OWN_ALONE, *AFTER_THE_CALLER_ASKED, *AT_THE_MACHINE}


def services_with_a_database() -> set[str]:
    found = set()
    for module in pkgutil.iter_modules(app.services.__path__):
        loaded = importlib.import_module(f"app.services.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and "database" in inspect.signature(function).parameters:
                found.add(f"{module.name}.{name}")
    return found


def test_every_service_asks_who_may_or_says_why_it_need_not():
    asked = {name.split(",")[0] for name in ALL_ASKED}
    unknown = {
        name
        for name in services_with_a_database() - asked
        if name not in NOT_ASKED and name.split(".")[0] not in NOT_ASKED
    }
    assert unknown == set()
    assert asked <= services_with_a_database()


@pytest.fixture
def place(database: Database, round_: Round, tmp_path: Path) -> Place:
    visit = planned_visit(database, round_)
    campaign = networking.open_campaign(database, visit.network_id, SURVEY, on=TODAY)
    (mine,) = (of for of, _ in all_rounds(database, provider_id=round_.provider_id, campaign_id=campaign.id))
    assert mine.provider_id == round_.provider_id
    into = Membership(Role.CONTRIBUTOR, round_.provider_id)
    invited, _ = inviting_colleagues.invite(database, OFFICE, "2" * 16, "sam@example.org", into, TODAY)
    checker_id = visit.checkers[0].account_id
    maple = sites.add_site(database, round_.provider_id, "Maple House")
    return Place(round_, visit.network_id, campaign.id, visit.id, checker_id, invited.id, tmp_path, maple.id)


def is_refused(database: Database, actor: Actor, call: Call, place: Place) -> bool:
    """Say whether it was refused as not theirs; any other answer means that it was let through."""
    try:
        call(database.acting_for(actor), place)
    except NotFound as error:
        return error.message == NOT_YOURS
    except (DrivingSeatError, OSError):
        return False
    return False


def where_held(role: Role, place: Place) -> str:
    if role in {Role.EDITOR, Role.ADMINISTRATOR, Role.AUDITOR}:
        return INSTALLATION
    in_network = {Role.COORDINATOR, Role.CHECKER, Role.SAFEGUARDING}
    return place.network_id if role in in_network else place.round.provider_id


@pytest.mark.parametrize("name", ALL_ASKED)
def test_a_service_lets_in_exactly_the_roles_that_may_and_only_in_their_own_organisation(
    database: Database, place: Place, name: str
):
    acts, call = ALL_ASKED[name]

    assert is_refused(database, NOBODY, call, place)
    for role in MAY:
        own = Actor.of([Membership(role, where_held(role, place))], place.checker_id)
        elsewhere = Actor.of([Membership(role, "elsewhere")], place.checker_id)
        assert is_refused(database, elsewhere, call, place), role
        assert is_refused(database, own, call, place) is MAY[role].isdisjoint(acts), role
        assert documented.rows()[name][role.value] == ("404" if MAY[role].isdisjoint(acts) else "✓"), role


def test_every_act_of_every_role_is_documented():
    said = {(act, role): documented.rows()[act.value][role.value] for act in Act for role in MAY}

    assert said == {(act, role): "✓" if act in MAY[role] else "" for act in Act for role in MAY}


def test_every_service_that_asks_for_no_role_is_documented_with_its_reason():
    assert {name for name in NOT_ASKED if not documented.rows().get(name, {}).get("why")} == set()


def test_a_checker_who_is_not_of_the_pair_opens_and_sends_nothing(database: Database, place: Place):
    another = Actor.of([Membership(Role.CHECKER, place.network_id)], place.checker_id + 100)

    for name in ("visiting.view_of", "visiting.declare", "visiting.finish", "visiting.register_device"):
        assert is_refused(database, another, ALL_ASKED[name][1], place)
    assert visiting.own_visits(database.acting_for(another)) == ()
    assert not visiting.is_own(database.acting_for(another), place.visit_id)


def test_only_the_pair_brings_in_what_lies_on_a_tablet(database: Database, place: Place):
    from tests.tablets import KEYS, enclosed, new_item_id, observation

    item_id = new_item_id()
    envelope = enclosed(place.visit_id, item_id, observation())
    visiting.declare(database, place.visit_id, place.checker_id, Declared.NONE, "")
    for account_id in (0, place.checker_id + 100):
        stranger = Actor.of([Membership(Role.CHECKER, place.network_id)], account_id)
        with pytest.raises(NotFound):
            visit_queue.take_in(database.acting_for(stranger), KEYS, place.visit_id, item_id, envelope, TODAY)


def test_accounts_know_the_roles_of_who_signed_in(database: Database):
    assert accounts.actor_of(database, 12345) == Actor.of([], 12345)
