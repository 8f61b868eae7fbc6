"""The pages of one's own account, and of signing in, each once."""

from datetime import date

from app.organisations import Membership, Role
from app.services.inviting_colleagues import Office, invite
from app.storage.keys import new_id
from tests.browser.kinds import PageKind, Visitor, pressing
from tests.browser.served import ServedSite
from tests.browser.steps import go_on


def _invitation(site: ServedSite) -> str:
    office = Office(site.settings.keys(), site.settings.hash_key(), site.settings.base_url)
    as_lead = Membership(Role.LEAD, site.opened.provider_id)
    _, link = invite(site.database, office, new_id(), f"{new_id()}@demo.example", as_lead, date.today())
    return link.removeprefix(site.address)


def _lead(name: str, path: str, then=None) -> PageKind:
    return PageKind(name, lambda site: path, then or (lambda page: None), Visitor.LEAD)


def _checkers_role(site: ServedSite) -> str:
    return f"/account/roles/checker/{site.campaign.network_id}"


def _picture(page) -> None:
    go_on(page, "Show the picture to scan")


ACCOUNT = (
    PageKind("a forgotten password", lambda site: "/reset"),
    PageKind("sign in with a letter", lambda site: "/sign-in/letter"),
    PageKind("sign in with a passkey", lambda site: "/sign-in/passkey"),
    PageKind("a link that is over", lambda site: "/reset/nothing"),
    PageKind("a link to sign in, over", lambda site: "/sign-in/letter/nothing"),
    PageKind("a link to confirm an address, over", lambda site: "/account/confirm/nothing"),
    PageKind("a link to a new address, over", lambda site: "/account/address/nothing"),
    PageKind("a code of the app, over", lambda site: "/sign-in/code"),
    PageKind("the choice of a second step, over", lambda site: "/sign-in/second-step"),
    PageKind("a recovery code, over", lambda site: "/sign-in/recovery-code"),
    PageKind("an invitation", _invitation),
    PageKind("an invitation, an easy password", _invitation, pressing("Say yes")),
    _lead("say again with a passkey", "/verify/passkey"),
    _lead("your account", "/account"),
    _lead("change your password", "/account/password"),
    _lead("change your password, nothing typed", "/account/password", pressing("Change the password")),
    _lead("change your address", "/account/address"),
    _lead("second step", "/account/second-step"),
    _lead("set up an app", "/account/second-step/app"),
    _lead("set up an app, the picture", "/account/second-step/app", _picture),
    _lead("passkeys", "/account/passkeys"),
    _lead("passkeys, no name given", "/account/passkeys", pressing("Go on")),
    _lead("recovery codes", "/account/recovery-codes"),
    _lead("recovery codes, shown once", "/account/recovery-codes", pressing("Make ten new codes")),
    _lead("where you are signed in", "/account/sessions"),
    _lead("where you belong", "/account/roles"),
    PageKind(
        "leave a team, not yet",
        lambda site: f"/account/roles/lead/{site.opened.provider_id}",
        lambda page: None,
        Visitor.LEAD,
    ),
    PageKind("leave a network", _checkers_role, lambda page: None, Visitor.CHECKER),
    _lead("letters to you", "/account/letters"),
    _lead("what we keep about you", "/account/what-we-keep"),
    _lead("close my account", "/account/close"),
    _lead("close my account, nothing typed", "/account/close", pressing("Close my account")),
)
