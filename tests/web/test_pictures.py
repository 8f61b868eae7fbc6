"""The pictures of Easy Read pages, from the built-in pack and from a pack of an installation's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from app.errors import Invalid
from app.surveys import Edition
from app.web import create_app
from config import Settings
from tests.databases import SqliteFiles
from tests.site import Page, Site, make_site

MANIFEST = """\
id: own-photos
title: Our own photos
credit: Bramble Way
licence: All rights reserved
pictures:
  option.yes: {file: photos/yes.svg, alt: {en: A thumb up, cy: Bawd i fyny}}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one picture, and a file beside it that is nobody's business."""
    folder = tmp_path / "pack"
    (folder / "photos").mkdir(parents=True)
    (folder / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "photos/yes.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (folder / "photos/private.txt").write_text("not for anybody")
    return folder


@pytest.fixture
def own_site(pack: Path, sqlite_files: SqliteFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("DRIVING_SEAT_PICTURES", str(pack))
    made = make_site(tmp_path / "home", sqlite_files.new_url())
    yield made
    made.close()


def question(site: Site, edition: Edition = Edition.EASY_READ, look: str = "") -> Page:
    path, visitor = site.begun(site.open_round(), edition)
    visitor.client.set_cookie("look", look)
    return visitor.get(f"{path}/q/S01.a")


def file(site: Site, path: str) -> TestResponse:
    with site.visitor().get(path).response as answered:
        return answered


def sources(page: Page, selector: str = "img.picture") -> list[str]:
    return [image.get("src") for image in page.select(selector)]


def test_an_easy_read_question_its_answers_and_its_buttons_have_pictures_that_are_there(site):
    page = question(site)

    assert len(sources(page, "h1 img")) == 1
    assert len(sources(page, "label img")) == len(page.select("label")) == 5
    assert all(sources(page, f".govuk-button-group button:nth-child({place}) img") for place in (1, 2))
    assert {file(site, source).status_code for source in sources(page)} == {200}


def test_a_picture_beside_its_words_is_silent_and_takes_its_room_before_it_arrives(site):
    for image in question(site).select("img.picture"):
        assert (image.get("alt"), image.get("width"), image.get("height")) == ("", "96", "96")


def test_the_standard_edition_has_no_pictures_and_thanks_nobody_for_them(site):
    page = question(site, Edition.STANDARD)

    assert sources(page) == []
    assert "OpenMoji" not in page.text


def test_a_reader_who_switched_pictures_off_gets_none(site):
    page = question(site, look="normal.auto.off.none")

    assert sources(page) == []
    assert page.select("label")


def test_the_page_thanks_the_makers_of_its_pictures_with_their_licence(site):
    page = question(site)

    assert "Pictures: OpenMoji, CC BY-SA 4.0" in " ".join(page.words("footer"))
    assert page.select('footer a[href="https://creativecommons.org/licenses/by-sa/4.0/"]')


def test_an_own_pack_comes_first_and_the_built_in_one_gives_what_it_lacks(own_site):
    page = question(own_site)
    (yes,) = sources(page, 'label[for="answer-yes"] img')
    (no,) = sources(page, 'label[for="answer-no"] img')

    assert yes.startswith("/static/pictures/own/yes.")
    assert no.startswith("/static/pictures/openmoji/1F44E.")
    assert "Pictures: Bramble Way, All rights reserved. Pictures: OpenMoji" in " ".join(page.words("footer"))


def test_a_picture_is_kept_for_good_and_nothing_in_it_runs(own_site):
    page = question(own_site)
    (yes,) = sources(page, 'label[for="answer-yes"] img')
    answered = file(own_site, yes)

    assert answered.status_code == 200
    assert answered.headers["Content-Type"].startswith("image/svg+xml")
    assert "immutable" in answered.headers["Cache-Control"]
    policy = answered.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert policy.endswith("sandbox")
    assert answered.headers["X-Content-Type-Options"] == "nosniff"


def test_the_address_of_a_picture_changes_with_its_content(own_site, pack):
    (before,) = sources(question(own_site), 'label[for="answer-yes"] img')
    (pack / "photos/yes.svg").write_text("<svg/>")
    settings = own_site.app.extensions["driving_seat_settings"]
    own_site.app = create_app(settings)
    (after,) = sources(question(own_site), 'label[for="answer-yes"] img')

    assert before != after


def test_what_the_manifest_does_not_name_is_served_to_nobody(own_site):
    for name in ("private.txt", "manifest.yaml", "yes.svg", "photos/private.txt", "../manifest.yaml"):
        assert file(own_site, f"/static/pictures/own/{name}").status_code == 404


def test_an_installation_with_a_faulty_pack_does_not_start_and_says_what_is_wrong(pack, site, tmp_path):
    (pack / "photos/yes.svg").unlink()
    settings: Settings = site.app.extensions["driving_seat_settings"]

    with pytest.raises(Invalid, match=r"manifest\.yaml:6:22: the file “photos/yes.svg” is missing"):
        create_app(settings.model_copy(update={"pictures": pack}))
