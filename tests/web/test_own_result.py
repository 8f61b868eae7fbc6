"""A respondent's own result: only theirs, and whose they choose, for as long as they choose."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.responses import HowLong
from app.services import sharing
from app.services.closing import close_round
from app.services.sharing import SharedWith
from app.surveys import Edition
from tests.days import TODAY
from tests.pdf_reading import tags_of, texts_of
from tests.site import Site, Visitor

ANSWERS = {"S01.a": "yes", "S02.a": "no", "S03.a": "sometimes", "S04.a": "dont_know"}


def sent(site: Site, edition: Edition = Edition.STANDARD) -> tuple[str, Visitor]:
    link, visitor = site.begun(site.open_round(), edition)
    for question, answer in ANSWERS.items():
        visitor.post(f"{link}/q/{question}", {"answer": answer})
    visitor.post(f"{link}/check")
    return link, visitor


def shared_path(page) -> str:
    return page.words(".share-link")[0].partition("127.0.0.1:8000")[2]


def test_an_own_result_shows_each_answer_in_words_and_a_chart(site: Site):
    link, visitor = sent(site)

    page = visitor.get(f"{link}/result")

    rows = dict(zip(page.words(".answers dt"), page.words(".answers dd"), strict=True))
    assert rows["My support was made for me."] == "Yes"
    assert rows["My plan has my ideas in it."] == "No"
    assert rows["I help pick my staff."] == "Not answered"
    assert page.select("figure.own-chart [role='img']")
    assert "You answered “Yes” 1 time." in page.said


def test_there_is_no_result_before_the_answers_are_sent(site: Site):
    link, visitor = site.begun(site.open_round())

    assert visitor.get(f"{link}/result").words("h1") != ["My answers"]


def test_an_easy_read_result_has_pictures_and_its_own_words(site: Site):
    link, visitor = sent(site, Edition.EASY_READ)

    page = visitor.get(f"{link}/result")

    assert "Was your support made just for you?" in page.said
    assert page.select(".answers img.picture")
    visitor.post(f"{link}/result", {"switch": "pictures:off"})
    assert not visitor.get(f"{link}/result").select("img.picture")


def test_the_workbook_holds_the_answers_and_no_other_sheet(site: Site):
    link, visitor = sent(site)

    given = visitor.get(f"{link}/result.xlsx").response

    book = load_workbook(BytesIO(given.data))
    (sheet,) = book.worksheets
    rows = {row[1]: (row[2], row[3]) for row in sheet.iter_rows(values_only=True) if row[1]}
    assert rows["My support was made for me."] == ("Yes", 100)
    assert rows["My plan has my ideas in it."] == ("No", 0)
    assert rows["My staff are a good match for me."] == ("I don't know", None)
    assert given.headers["Cache-Control"] == "no-store"


def test_the_pdf_is_tagged_and_in_its_language(site: Site):
    link, visitor = sent(site)

    given = visitor.get(f"{link}/result.pdf").response

    assert given.content_type == "application/pdf"
    tags = tags_of(given.data)
    assert tags[0] == "Document"
    assert {"H1", "H2", "Figure"} <= set(tags)
    assert "My support was made for me." in " ".join(" ".join(texts_of(given.data)).split())


def test_a_file_of_another_kind_does_not_exist(site: Site):
    link, visitor = sent(site)

    assert visitor.get(f"{link}/result.docx").status == 404


def test_whoever_has_the_shared_link_sees_the_answers_and_can_change_nothing(site: Site):
    link, visitor = sent(site)

    page = visitor.post(f"{link}/share", {"shared_with": "family", "how_long": "month"})
    path = shared_path(page)
    shown = site.visitor().get(path)

    assert page.select(".qr .qr-code")
    assert shown.status == 200
    assert "My support was made for me." in shown.said
    assert link not in shown.text
    assert not shown.select("form:not(.look__form)")


def test_taking_a_share_back_ends_it_at_once(site: Site):
    link, visitor = sent(site)
    path = shared_path(visitor.post(f"{link}/share", {"shared_with": "provider", "how_long": "week"}))
    (button,) = visitor.get(f"{link}/share").select("button[name='share']")

    visitor.post(f"{link}/stop-sharing", {"share": button.get("value")})

    gone = site.visitor().get(path)
    assert gone.status == 404
    assert "not shared any more" in gone.said
    assert not visitor.get(f"{link}/share").select("button[name='share']")


def test_somebody_elses_share_cannot_be_taken_back(site: Site):
    first, first_visitor = sent(site)
    second, second_visitor = sent(site)
    path = shared_path(first_visitor.post(f"{first}/share", {"shared_with": "circle", "how_long": "week"}))
    (button,) = first_visitor.get(f"{first}/share").select("button[name='share']")

    second_visitor.post(f"{second}/stop-sharing", {"share": button.get("value")})

    assert site.visitor().get(path).status == 200


@pytest.mark.parametrize(
    ("posted", "message"),
    [
        ({"how_long": "week"}, "Choose who may see your answers"),
        ({"shared_with": "family"}, "Choose for how long"),
        ({"shared_with": "everybody", "how_long": "week"}, "not one of the answers"),
    ],
)
def test_sharing_needs_somebody_and_a_time(site: Site, posted: dict[str, str], message: str):
    link, visitor = sent(site)

    page = visitor.post(f"{link}/share", posted)

    assert page.status == 422
    assert message in page.said


def test_a_share_ends_by_itself(site: Site):
    link, _ = sent(site)
    token = link.removeprefix("/a/")
    secret = sharing.share(site.database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY - timedelta(days=14))

    assert site.visitor().get(f"/s/{secret}").status == 404


def test_answers_can_be_taken_back_by_the_same_link_also_after_the_round_has_closed(site: Site):
    of = site.open_round()
    link, visitor = site.begun(of)
    visitor.post(f"{link}/q/S01.a", {"answer": "no"})
    visitor.post(f"{link}/check")
    path = shared_path(visitor.post(f"{link}/share", {"shared_with": "family", "how_long": "month"}))
    close_round(site.database, of.id, TODAY)

    assert "results of the whole group were made before" in visitor.get(f"{link}/withdraw").said
    page = visitor.post(f"{link}/withdraw", follow_redirects=True)

    assert page.words("h1") == ["Your answers have been taken back"]
    assert site.visitor().get(link).words("h1") == ["Your answers have been taken back"]
    assert site.visitor().get(path).status == 404
    with site.database.reading() as connection:
        stored = connection.exec_driver_sql("SELECT state, answers, answered_how, consent FROM response").one()
    assert tuple(stored) == ("withdrawn", "{}", None, None)


def test_answers_that_were_taken_back_do_not_count(site: Site):
    of = site.open_round()
    link, visitor = site.begun(of)
    visitor.post(f"{link}/check")
    visitor.post(f"{link}/withdraw")

    with site.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM response WHERE state = 'submitted'").scalar_one()
    assert count == 0


def test_a_word_guards_the_way_to_take_answers_back(site: Site):
    link, visitor = sent(site)
    visitor.post(f"{link}/come-back", {"word": "blue dog"})

    stranger = site.visitor().post(f"{link}/withdraw", {"is_me": "yes"})

    assert stranger.status == 422
    with site.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM response WHERE state = 'submitted'").scalar_one() == 1
