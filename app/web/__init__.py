"""The pages. `create_app` puts them together; nothing is served that does not say who may use it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app.errors import Refused
from app.storage import Database
from app.storage.migrate import is_current
from app.web import (
    access,
    caretaker,
    context,
    errors,
    languages,
    limits,
    listening,
    logs,
    pictures,
    postman,
    security,
    templating,
    wording,
)
from app.web.accounts import library as accounts
from app.web.accounts.by_letter import blueprint as by_letter
from app.web.accounts.joining import blueprint as joining
from app.web.accounts.views import blueprint as own_account
from app.web.addresses.stopping import stop_blueprint
from app.web.addresses.views import blueprint as addresses
from app.web.answer import blueprint as answer
from app.web.answer.coming_back import come_back_blueprint
from app.web.answer.own_result import shared_blueprint
from app.web.concerns.views import blueprint as concerns
from app.web.contacts.views import blueprint as contacts
from app.web.cookies import session_cookie
from app.web.evidence.views import blueprint as evidence
from app.web.home.views import blueprint as home
from app.web.home.views import look_change
from app.web.log.views import blueprint as log
from app.web.networks.views import blueprint as networks
from app.web.organising.installation import blueprint as administration
from app.web.organising.network import blueprint as members
from app.web.organising.provider import blueprint as provider
from app.web.organising.sites import blueprint as sites
from app.web.paper.entering import blueprint as paper
from app.web.paper.views import blueprint as booklets
from app.web.recordings.views import blueprint as recordings
from app.web.rounds.ending import blueprint as ending
from app.web.rounds.safeguarding import blueprint as safeguarding
from app.web.rounds.views import blueprint as rounds
from app.web.sign_on.views import blueprint as sign_on
from app.web.signing import PresentKeySessions, signing_key
from app.web.teams.views import NETWORK, OF_INSTALLATION, PROVIDER, team_pages
from app.web.templating import Application
from app.web.visits.planning import blueprint as visit_plans
from app.web.visits.tablet import blueprint as tablet
from app.web.visits.views import blueprint as visits
from config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BUILT = Path(__file__).parent / "static" / "built"
ONE_YEAR = 365 * 24 * 60 * 60
LARGEST_BODY = 64 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the application for an installation. Raises Refused when it is not ready to serve."""
    database = Database.at(settings.url_of_database, settings.keys)
    if not is_current(database):
        raise Refused("The database is not ready. Run: driving-seat init")
    app = Application(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=signing_key(settings),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=100,
        SESSION_COOKIE_NAME=session_cookie(settings.base_url),
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.answered_hosts),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.debug = False  # whatever the environment says: a fault shows nothing of the code
    app.session_interface = PresentKeySessions(settings)
    app.extensions["driving_seat_settings"] = settings
    app.extensions["driving_seat_database"] = database
    app.extensions["driving_seat_reader"] = database.as_read_only()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.prepare(app, settings.log_level)
    csrf = CSRFProtect(app)
    by_link = (answer, come_back_blueprint, shared_blueprint, stop_blueprint)
    for blueprint in (
        home,
        *by_link,
        rounds,
        ending,
        safeguarding,
        addresses,
        networks,
        contacts,
        concerns,
        recordings,
        evidence,
        booklets,
        paper,
        listening.blueprint,
        visit_plans,
        visits,
        tablet,
        log,
        administration,
        members,
        provider,
        sites,
        *(team_pages(kind) for kind in (PROVIDER, NETWORK, OF_INSTALLATION)),
        own_account,
        joining,
        sign_on,
        by_letter,
    ):
        app.register_blueprint(blueprint)
    for each in by_link:
        csrf.exempt(each)
    csrf.exempt(look_change)  # it changes nothing but how pages look on the reader's own device
    accounts.prepare(app, database, settings)
    security.prepare(app)
    errors.prepare(app)
    wording.prepare(app, _assets())
    shown_pictures = pictures.pictures_of(settings)
    pictures.prepare(app, shown_pictures)
    languages.prepare(app)
    templating.prepare(app)
    listening.prepare(app)
    postman.prepare(app, database, settings)
    caretaker.prepare(app, database, settings)
    limits.prepare(app, settings, answer)
    app.before_request(access.guard)
    access.refuse_undeclared(app)
    served = _with_files(app, shown_pictures, settings.base_url)
    app.wsgi_app = _behind_proxies(served, settings.proxies)  # type: ignore[assignment, method-assign]  # as Flask says
    return app


def _with_files(app: Flask, shown_pictures: pictures.Pictures, base_url: str) -> WhiteNoise:
    """Return the application behind its built files, and behind the pictures of a pack that lies elsewhere."""
    served = WhiteNoise(
        app.wsgi_app,
        root=str(BUILT),
        prefix="static/",
        max_age=ONE_YEAR,
        allow_all_origins=False,
        mimetypes={".svg": "image/svg+xml; charset=utf-8"},
        immutable_file_test=lambda *_: True,
        add_headers_function=security.static_headers(base_url),
    )
    for address, path in shown_pictures.files_elsewhere.items():
        served.add_file_to_dictionary(address, str(path))
    return served


def _behind_proxies(served: "WSGIApplication", proxies: int) -> "WSGIApplication":
    """Take a visitor's address from what the proxies say, as many as there are: what a visitor adds is not believed."""
    return ProxyFix(served, x_for=proxies, x_proto=proxies, x_host=0) if proxies else served


def _assets() -> dict[str, str]:
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        raise Refused("The style sheets and scripts have not been built. Run: make assets")
    found: dict[str, str] = json.loads(manifest.read_text())
    return found


__all__ = ["context", "create_app"]
