import json
from pathlib import Path

import pytest

from app.disclosure import Release
from app.errors import Conflict, NotFound
from app.responses import Round
from app.services import answering
from app.services.closing import close_round, sigma_of
from app.services.importing import import_responses
from app.services.inviting import invite
from app.services.reporting import provider_report_of
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database, releases
from app.surveys import Edition
from tests.counting import count_queries
from tests.days import TODAY
from tests.responses_files import row, write_csv

MIXED = ["yes", "yes", "sometimes", "no", "yes", "sometimes"]  # mean 0.67


def test_closing_freezes_the_three_views_side_by_side(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, MIXED)
    answer_all(round_, Audience.FAMILY, ["no", "no", "sometimes", "no", "yes"])
    answer_all(round_, Audience.PROVIDER, ["yes"])

    close_round(database, round_.id, TODAY)
    report = provider_report_of(database, round_.id)

    assert report.audiences["person"].standards["S01"].score == 67
    assert report.audiences["family"].standards["S01"].score == 30
    assert report.audiences["provider"].standards["S01"].score == 100
    assert report.gaps["provider-person"]["S01"].points == 33
    assert report.gaps["provider-family"]["S01"].points == 70
    assert report.gaps["family-person"]["S01"].points == -37


def test_closing_makes_the_series_without_paid_staff(database: Database, round_: Round, tmp_path: Path):
    alone = [row(f"a{number}", answer=answer) for number, answer in enumerate(["yes"] * 4 + ["no"] * 2)]
    helped = [
        {**row(f"h{number}", answer=answer), "answered_how": "helped", "helped_by": "paid-staff"}
        for number, answer in enumerate(["no"] * 4 + ["yes"] * 2)
    ]
    path = write_csv(tmp_path / "people.csv", [*alone, *helped], also=["helped_by"])
    import_responses(database, b"k" * 32, round_.id, path, TODAY)

    close_round(database, round_.id, TODAY)
    report = provider_report_of(database, round_.id)

    series = report.series["without_paid_staff"]
    assert report.audiences["person"].standards["S01"].score == 50
    assert series["person"].standards["S01"].score == 67
    assert series["family"].withheld == "too_few"


def test_four_people_show_nothing_of_themselves(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, ["yes", "no", "yes", "sometimes"])
    answer_all(round_, Audience.PROVIDER, ["sometimes"])

    close_round(database, round_.id, TODAY)
    report = provider_report_of(database, round_.id)

    assert report.audiences["person"].respondents == "fewer than 5"
    assert {each.withheld for each in report.audiences["person"].standards.values()} == {"too_few"}
    assert {each.score for each in report.audiences["person"].standards.values()} == {None}
    assert {each.withheld for each in report.gaps["provider-person"].values()} == {"too_few"}
    assert report.audiences["provider"].standards["S01"].score == 50


def test_answers_that_were_not_sent_are_not_counted(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, MIXED[:4])
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    answering.start(database, link.token, Edition.STANDARD, "en")
    answering.record_answer(database, link.token, "S01.a", "yes")

    close_round(database, round_.id, TODAY)

    assert provider_report_of(database, round_.id).audiences["person"].respondents == "fewer than 5"


def test_a_round_closes_once(database: Database, round_: Round):
    first = close_round(database, round_.id, TODAY)

    with pytest.raises(Conflict):
        close_round(database, round_.id, TODAY)

    with database.reading() as connection:
        release = releases.release_of(connection, round_)
    assert release is not None
    assert release.sha256 == first.sha256


def test_an_agreed_response_by_link_and_one_in_a_file_never_both_count(
    database: Database, round_: Round, tmp_path: Path
):
    (link,) = invite(database, round_.id, Audience.PROVIDER, 1)
    answering.start(database, link.token, Edition.STANDARD, "en")
    import_responses(database, b"k" * 32, round_.id, write_csv(tmp_path / "own.csv", [row("1", "provider")]), TODAY)

    with pytest.raises(Conflict, match="sent already"):
        answering.submit(database, link.token, TODAY)

    close_round(database, round_.id, TODAY)
    assert provider_report_of(database, round_.id).audiences["provider"].standards["S01"].score == 100


def test_invitations_that_do_not_account_for_the_responses_narrow_no_margin(
    database: Database, round_: Round, tmp_path: Path
):
    invite(database, round_.id, Audience.PERSON, 10)
    rows = [row(str(number), answer=("yes", "no")[number % 2]) for number in range(10)]
    import_responses(database, b"k" * 32, round_.id, write_csv(tmp_path / "people.csv", rows), TODAY)

    close_round(database, round_.id, TODAY)

    person = provider_report_of(database, round_.id).audiences["person"]
    assert person.invited is None
    assert person.standards["S01"].margin == 19


def test_an_open_round_has_no_report(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, MIXED)
    with pytest.raises(Conflict, match="open"):
        provider_report_of(database, round_.id)
    with pytest.raises(NotFound):
        provider_report_of(database, "nothing")


def test_a_stored_release_that_was_tampered_with_is_refused(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, MIXED)
    close_round(database, round_.id, TODAY)
    with database.reading() as connection:
        stored = releases.release_of(connection, round_)
    assert stored is not None
    changed = json.loads(json.dumps(stored.document).replace("0.666666666667", "0.966666666667"))
    assert changed != stored.document

    with pytest.raises(Conflict):
        Release.from_document(changed, stored.sha256)


def test_reading_a_report_takes_as_many_queries_for_many_responses_as_for_few(
    database: Database, round_: Round, answer_all
):
    other = open_round(database, round_.provider_id, "personalised-support", on=TODAY)
    answer_all(round_, Audience.PERSON, MIXED)
    answer_all(other, Audience.PERSON, MIXED * 6)
    for each in (round_, other):
        close_round(database, each.id, TODAY)

    counted = []
    for each in (round_, other):
        with count_queries(database) as statements:
            provider_report_of(database, each.id)
        counted.append(statements)

    assert len(counted[0]) == len(counted[1]) <= 3
    assert not any("FROM response" in statement for statement in counted[1])


def test_the_spread_behind_the_margins_is_the_declared_one_until_thirty_rounds_are_released(
    database: Database, round_: Round, answer_all
):
    answer_all(round_, Audience.PERSON, MIXED)
    close_round(database, round_.id, TODAY)

    assert sigma_of(database, "personalised-support", "1.0.0") == 0.30
