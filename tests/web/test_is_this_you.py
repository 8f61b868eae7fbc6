"""Is this you? Nothing of somebody's answers is shown on a device that has not shown them lately."""

import pytest

from app.services import answering
from app.services.closing import close_round
from app.services.coming_back import MOST_TRIES
from app.surveys import Edition
from app.web.answer import is_it_you
from tests.days import TODAY
from tests.site import Site, Visitor


def lock(site: Site, link: str, visitor: Visitor, word: str = "blue dog") -> str:
    """Choose a word on the device of this visitor; return the short code."""
    page = visitor.post(f"{link}/come-back", {"word": word})
    assert page.status == 200, page.said
    return page.words(".receipt")[0]


def test_another_device_asks_before_it_shows_anything_and_goes_on_where_it_was_asked(site: Site):
    link, owner = site.begun(site.open_round())
    owner.post(f"{link}/q/S01.a", {"answer": "no"})
    stranger = site.visitor()

    asked = stranger.get(f"{link}/q/S01.a?from=check")
    assert asked.words("h1") == ["Is this you?"]
    assert "My support was made for me" not in asked.text
    there = asked.select("input[name='next']")[0].get("value")
    page = stranger.post(f"{link}/is-this-you", {"is_me": "yes", "next": there}, follow_redirects=True)

    assert page.response.request.full_path == f"{link}/q/S01.a?from=check"
    assert page.select("input[value='no'][checked]")


def test_what_was_posted_after_a_long_pause_is_carried_through_the_question_and_kept(site: Site, monkeypatch) -> None:
    link, visitor = site.begun(site.open_round())
    monkeypatch.setattr(is_it_you, "LONGEST_PAUSE", -1)
    asked = visitor.post(f"{link}/q/S01.a?from=check", {"answer": "sometimes"})
    monkeypatch.undo()

    assert asked.words("h1") == ["Is this you?"]
    (form,) = asked.select("form#page-form")
    posted = {each.get("name"): each.get("value") for each in asked.select("form#page-form input[type='hidden']")}
    assert posted == {"answer": "sometimes"}
    page = visitor.post(form.get("action"), {**posted, "is_me": "yes"}, follow_redirects=True)

    assert page.response.request.path == f"{link}/check"
    assert page.said.count("Sometimes") == 1


def test_what_was_ticked_in_a_list_is_carried_whole(site: Site):
    link = site.begun_link(site.open_round())

    asked = site.visitor().post(f"{link}/helped", {"who": ["friend", "advocate"], "ways": "read"})

    carried = [(e.get("name"), e.get("value")) for e in asked.select("form#page-form input[type='hidden']")]
    assert sorted(carried) == [("ways", "read"), ("who", "advocate"), ("who", "friend")]


def test_it_never_leads_to_another_site(site: Site):
    link = site.begun_link(site.open_round())

    for there in ("https://evil.example/", "//evil.example", "/a/else", f"{link}\\@evil.example", ""):
        led = site.visitor().post(f"{link}/is-this-you", {"is_me": "yes", "next": there})
        assert led.response.headers["Location"] == link


def test_the_cookie_of_one_link_opens_no_other(site: Site):
    of = site.open_round()
    (first, visitor), second = site.begun(of), site.begun_link(of)
    cookie = visitor.client.get_cookie(is_it_you.COOKIE, path=first)
    assert cookie is not None
    visitor.client.set_cookie(is_it_you.COOKIE, cookie.value, path=second)

    assert visitor.get(f"{second}/check").words("h1") == ["Is this you?"]
    assert visitor.get(f"{first}/check").words("h1") == ["Check your answers"]


def test_a_word_locks_the_answers_against_whoever_else_holds_the_link(site: Site):
    link, owner = site.begun(site.open_round())
    lock(site, link, owner, "Blue  Dog")
    stranger = site.visitor()

    assert stranger.get(f"{link}/check").select("input[name='own_word']")
    wrong = stranger.post(f"{link}/is-this-you", {"is_me": "yes", "own_word": "red cat"})
    assert wrong.status == 422
    assert "That is not the word" in wrong.said
    refused = stranger.post(f"{link}/q/S01.a", {"answer": "no", "is_me": "yes"})
    assert refused.status == 422
    right = stranger.post(f"{link}/is-this-you", {"is_me": "yes", "own_word": " blue dog"}, follow_redirects=True)

    assert right.words("h1") == ["Welcome back"]
    assert owner.get(f"{link}/check").words("h1") == ["Check your answers"]


def test_after_many_wrong_words_only_the_short_code_opens_the_answers(site: Site):
    link, owner = site.begun(site.open_round())
    code = lock(site, link, owner)
    stranger = site.visitor()
    for _ in range(MOST_TRIES):
        stranger.post(f"{link}/is-this-you", {"is_me": "yes", "own_word": "guess"})

    stuck = stranger.post(f"{link}/is-this-you", {"is_me": "yes", "own_word": "blue dog"})
    assert "too often" in stuck.said
    back = site.visitor().post("/come-back", {"code": code.lower(), "word": "BLUE DOG"}, follow_redirects=True)

    assert back.words("h1") == ["Welcome back"]
    again = stranger.post(f"{link}/is-this-you", {"is_me": "yes", "own_word": "blue dog"}, follow_redirects=True)
    assert again.words("h1") == ["Welcome back"]


def test_a_short_code_with_another_word_opens_nothing_and_keeps_what_was_typed(site: Site):
    link, owner = site.begun(site.open_round())
    code = lock(site, link, owner)

    for code_typed, word in ((code, "other"), ("ZZZZ-ZZZZ", "blue dog"), ("", "")):
        page = site.visitor().post("/come-back", {"code": code_typed, "word": word})
        assert page.status == 422
        assert "do not fit together" in page.said
        assert page.select("#code")[0].get("value") == code_typed


def test_the_long_code_from_paper_leads_to_the_link_however_it_is_typed(site: Site):
    link = site.link(site.open_round())
    token = link.removeprefix("/a/")
    typed = f" {token[:4]}-{token[4:8]} {token[8:]}".lower()

    page = site.visitor().post("/come-back", {"code": typed}, follow_redirects=True)

    assert page.response.request.path == link
    assert page.status == 200


def test_a_word_that_is_too_short_says_so_and_keeps_what_was_typed(site: Site):
    link, visitor = site.begun(site.open_round())

    page = visitor.post(f"{link}/come-back", {"word": "ab"})

    assert page.status == 422
    assert "3 letters or more" in page.said
    assert page.select("#word")[0].get("value") == "ab"
    assert "40 letters or fewer" in visitor.post(f"{link}/come-back", {"word": "x" * 41}).said


def test_finishing_on_a_device_makes_it_ask_again(site: Site):
    link, visitor = site.begun(site.open_round())

    page = visitor.post(f"{link}/finish", follow_redirects=True)

    assert "This device has forgotten you" in page.said
    assert link not in page.response.request.path
    assert visitor.get(f"{link}/check").words("h1") == ["Is this you?"]


def test_the_link_alone_does_not_show_answers_that_were_sent(site: Site):
    link, owner = site.begun(site.open_round())
    owner.post(f"{link}/q/S01.a", {"answer": "no"})
    owner.post(f"{link}/check")

    seen = owner.get(f"{link}/result")
    assert "My support was made for me." in seen.said
    for path in ("result", "result.xlsx", "result.pdf", "share"):
        closed = site.visitor().get(f"{link}/{path}")
        assert closed.status == 403
        assert "the link alone does not open answers" in closed.said
    lock(site, link, owner)
    later = site.visitor().post(
        f"{link}/is-this-you", {"is_me": "yes", "own_word": "blue dog", "next": f"{link}/result"}, follow_redirects=True
    )
    assert "My support was made for me." in later.said


@pytest.mark.parametrize("is_locked", [False, True])
def test_whoever_holds_the_link_alone_neither_opens_nor_locks_answers_that_were_sent(site: Site, is_locked: bool):
    link, owner = site.begun(site.open_round())
    owner.post(f"{link}/check")
    if is_locked:
        lock(site, link, owner)
    stranger = site.visitor()

    for path, form in (
        ("come-back", {"word": "evil"}),
        ("come-back", {"word": "evil", "is_me": "yes"}),
        ("is-this-you", {"is_me": "yes", "next": f"{link}/result"}),
        ("is-this-you", {"switch": "theme:dark"}),
        ("share", {"shared_with": "family", "how_long": "a-week", "is_me": "yes"}),
        ("result", {"is_me": "yes"}),
    ):
        refused = stranger.post(f"{link}/{path}", form)
        assert refused.words("h1")[0] in {"Is this you?", "We cannot show these answers here"}, path
        assert stranger.get(f"{link}/result").words("h1") != ["My answers"], path
    assert answering.open_link(site.database, link.removeprefix("/a/")).lock == "" or is_locked
    assert owner.get(f"{link}/result").words("h1") == ["My answers"]


def test_every_page_by_link_asks_unless_it_declares_that_it_shows_nothing(site: Site):
    link, owner = site.begun(site.open_round())
    owner.post(f"{link}/check")
    lock(site, link, owner)
    let_through = set()
    for rule in site.app.url_map.iter_rules():
        if rule.rule.startswith("/a/") and "GET" in (rule.methods or ()):
            path = rule.rule.replace("<token>", link[3:]).replace("<question_id>", "S01.a").replace("<kind>", "pdf")
            page = site.visitor().get(path.replace("<text_sha256>", "0" * 64))
            if page.status != 404 and page.words("h1") != ["Is this you?"]:
                let_through.add(rule.rule.removeprefix("/a/<token>"))

    assert let_through == {"", "/done", "/help", "/privacy", "/worry"}


def test_a_device_that_was_known_before_a_word_was_chosen_is_asked_for_it(site: Site):
    link, owner = site.begun(site.open_round())
    member_of_staff = site.visitor()
    member_of_staff.post(f"{link}/is-this-you", {"is_me": "yes"})
    assert member_of_staff.get(f"{link}/check").words("h1") == ["Check your answers"]

    lock(site, link, owner)

    assert member_of_staff.get(f"{link}/check").words("h1") == ["Is this you?"]
    assert owner.get(f"{link}/check").words("h1") == ["Check your answers"]


def test_a_new_word_that_was_typed_before_a_long_pause_is_carried_and_chosen(site: Site):
    link, owner = site.begun(site.open_round())
    lock(site, link, owner, "old word")
    asked = site.visitor().post(f"{link}/come-back", {"word": "green hill"})
    (carried,) = asked.select("form#page-form input[type='hidden']")

    posted = {carried.get("name"): carried.get("value"), "own_word": "old word", "is_me": "yes"}
    chosen = site.visitor().post(f"{link}/come-back", posted)

    assert chosen.words("h1") == ["Your short code"]
    opened = site.visitor().post(f"{link}/is-this-you", {"own_word": "green hill", "is_me": "yes"})
    assert opened.status == 303


def test_what_is_shown_once_is_shown_again_in_another_language(site: Site):
    link, owner = site.begun(site.open_round())
    code = lock(site, link, owner, "blue dog")
    owner.post(f"{link}/check")

    in_welsh = owner.post(f"{link}/come-back", {"switch": "language:cy", "code": code, "word": "blue dog"})
    assert in_welsh.select("html[lang=cy]")
    assert in_welsh.words(".receipt") == [code, "blue dog"]
    back = site.visitor().post("/come-back", {"code": code, "word": "blue dog"})
    assert back.status == 303

    shared = owner.post(f"{link}/share", {"shared_with": "family", "how_long": "week"})
    (secret,) = (each.get("value") for each in shared.select("input[name='secret']"))
    again = owner.post(f"{link}/share", {"switch": "theme:dark", "secret": secret})
    assert again.select("html.theme-dark")
    assert again.words(".share-link") == shared.words(".share-link")
    assert secret in shared.words(".share-link")[0]


def test_changing_the_look_answers_nothing_changes_no_answers_and_keeps_what_is_carried(site: Site):
    link = site.begun_link(site.open_round())
    stranger = site.visitor()

    dark = stranger.post(f"{link}/is-this-you", {"switch": "theme:dark", "next": f"{link}/check"})
    assert dark.words("h1") == ["Is this you?"]
    assert dark.select("html.theme-dark")
    assert dark.select("input[name='next']")[0].get("value") == f"{link}/check"
    assert stranger.get(f"{link}/check").words("h1") == ["Is this you?"]

    welsh = stranger.post(f"{link}/q/S01.a", {"answer": "no", "switch": "language:cy"})
    assert welsh.select("html[lang=cy]")
    assert [each.get("value") for each in welsh.select("form#page-form input[type='hidden']")] == ["no"]
    assert stranger.post(f"{link}/help", {"switch": "language:cy"}).select("html[lang=cy]")
    response = answering.open_link(site.database, link.removeprefix("/a/")).response
    assert response is not None
    assert (response.language, response.answers) == ("en", {})


def test_with_a_word_set_nobody_takes_answers_back_without_it_also_after_the_close(site: Site):
    of = site.open_round()
    link, owner = site.begun(of)
    owner.post(f"{link}/q/S01.a", {"answer": "no"})
    lock(site, link, owner)
    close_round(site.database, of.id, TODAY)

    assert site.visitor().post(f"{link}/withdraw").words("h1") == ["Is this you?"]
    with_word = site.visitor().post(f"{link}/withdraw", {"own_word": "blue dog", "is_me": "yes"}, follow_redirects=True)
    assert "taken back" in with_word.words("h1")[0]


def test_on_an_https_installation_no_cookie_goes_over_a_plain_line(site: Site):
    link = site.begun_link(site.open_round())
    site.app.config["SESSION_COOKIE_SECURE"] = True

    known = site.visitor().post(f"{link}/is-this-you", {"is_me": "yes"})
    dark = site.visitor().post("/look", {"switch": "theme:dark"})

    for page in (known, dark):
        assert all("Secure" in cookie for cookie in page.response.headers.getlist("Set-Cookie"))
        assert page.response.headers.getlist("Set-Cookie")


def test_help_is_there_before_the_question_is_answered(site: Site):
    link = site.begun_link(site.open_round(), Edition.EASY_READ)

    assert site.visitor().get(f"{link}/help").words("h1") != ["Is this you?"]


def test_nothing_is_asked_where_nothing_was_begun(site: Site):
    of = site.open_round()
    link = site.link(of)

    assert site.visitor().get(link).words("h1") != ["Is this you?"]
    sent = site.begun_link(of)
    answering.submit(site.database, sent.removeprefix("/a/"), TODAY)
    assert site.visitor().get(sent).words("h1") == ["Your answers have been sent"]
