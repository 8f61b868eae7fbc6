"""A key that is changed counts for a server that runs, with the next request and without a restart."""

from pathlib import Path

import pytest
from flask_security.confirmable import generate_confirmation_token

from app.web import create_app
from config import Settings
from tests.databases import SqliteFiles
from tests.site import PASSWORD, Site, Visitor, make_site


@pytest.fixture
def site(sqlite_files: SqliteFiles, tmp_path: Path):
    """An installation whose key lies in its home folder."""
    made = make_site(tmp_path / "site", sqlite_files.new_url())
    settings = Settings(home=tmp_path / "home", DATABASE_URL=made.settings.url_of_database, log_level="ERROR")
    settings.make_keys()
    made.app.extensions["driving_seat_database"].close()
    made.app = create_app(settings.model_copy(update={"hashing_key": made.settings.secret_key}))
    yield made
    made.close()


def test_whoever_had_signed_in_signs_in_again_and_then_goes_on(site: Site):
    visitor = site.visitor("lead")
    assert visitor.get("/rounds").status == 200

    site.settings.add_key()

    assert visitor.get("/rounds").status == 303
    visitor.sign_in(site.people["lead"])
    assert visitor.get("/rounds").status == 200
    assert visitor.fill_in("/account", to="/sign-out").status == 302


def test_a_session_that_the_earlier_key_signed_is_worth_nothing_for_whoever_has_that_key(site: Site):
    stolen = site.visitor("lead").client.get_cookie("session")
    assert stolen is not None
    site.settings.add_key()

    thief = Visitor(site.app)
    thief.client.set_cookie("session", stolen.value)

    assert thief.get("/rounds").status == 303


def test_links_of_accounts_are_signed_with_the_present_key_too(site: Site):
    library = site.app.extensions["security"]
    with site.app.test_request_context():
        before = generate_confirmation_token(library.datastore.find_user(email=site.people["lead"]))
    site.settings.add_key()

    assert site.visitor().get(f"/account/confirm/{before}").words("h1") == ["This link is not complete"]
    with site.app.test_request_context():
        after = generate_confirmation_token(library.datastore.find_user(email=site.people["lead"]))
    assert site.visitor().get(f"/account/confirm/{after}").status == 200


def test_a_form_that_was_open_meanwhile_is_refused_and_works_when_it_is_opened_again(site: Site):
    visitor = site.visitor()
    token = visitor.get("/sign-in").select("input[name=csrf_token]")[0].get("value")
    site.settings.add_key()

    form = {"email": site.people["lead"], "password": PASSWORD}
    assert visitor.post("/sign-in", {**form, "csrf_token": token}).status == 400
    assert visitor.fill_in("/sign-in", form).status == 302


def test_who_answers_by_a_link_goes_on_with_it(site: Site):
    path = site.begun_link(site.open_round())
    visitor = site.visitor()
    visitor.post(f"{path}/is-this-you", {"is_me": "yes"})
    assert "Is this you?" not in visitor.get(path).said
    site.settings.add_key()

    assert visitor.get(path).status in (200, 303)
    assert visitor.post(f"{path}/is-this-you", {"is_me": "yes"}).status == 303
    assert visitor.get(path).status in (200, 303)


def test_a_key_file_that_is_lost_for_a_moment_signs_nobody_out(site: Site):
    visitor = site.visitor("lead")
    kept = site.settings.key_file.read_text()
    site.settings.key_file.unlink()
    assert visitor.get("/account").status == 200

    site.settings.key_file.write_text(kept)
    assert visitor.get("/rounds").status == 200
