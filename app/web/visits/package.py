"""The package of a visit: everything that the tablet shows without a network, in every language it can be read in.

It holds no link, no answer and nobody's name. files: the addresses that have to be in the tablet's cache.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from app.responses import AnsweredHow
from app.responses.visit import Seen
from app.services import contacts, publishing, visit_envelopes
from app.services.coming_back import LONGEST_WORD, SHORTEST_WORD
from app.services.links import ALPHABET, TOKEN_LENGTH
from app.services.visiting import VisitView
from app.standards import LANGUAGES, Audience
from app.surveys import AnswerState, Edition, Option, Question, Survey
from app.surveys.model import Reader
from app.surveys.spoken import joined, text_sha256
from app.web.answer.choices import CONSENT, HOW, NO_CONSENT, SUPPORTERS, WAYS, WITNESSES, Choice
from app.web.context import database, settings
from app.web.languages import asked_about, interface_state, page_language, use_language
from app.web.listening import generated_sound
from app.web.pictures import SIDE, Pictures
from app.web.visits.words import tablet_words
from app.web.whom_to_call import whom_to_call

ASKED = (Audience.PERSON, Audience.FAMILY)
SCRIPTS = "visit-"


def package_of(view: VisitView, assets: Mapping[str, str]) -> dict[str, Any]:
    """assets: {name: hashed name} of the built files."""
    languages = publishing.languages_of(database(), view.round)
    texts = {language: _in_language(view, language) for language in languages}
    asked = publishing.survey_of(database(), view.round).questions_in(view.round.length)
    pictures = _pictures(asked)
    sounds = {url for each in texts.values() for url in each.pop("sounds")}
    return {
        "visit": view.visit.id,
        "provider": view.about,
        "made_up": view.round.made_up,
        "address": settings().base_url,
        "seal_key": visit_envelopes.public_key(settings().keys()[0], view.visit.id),
        "token": {"alphabet": ALPHABET, "length": TOKEN_LENGTH},
        "word": {"shortest": SHORTEST_WORD, "longest": LONGEST_WORD},
        "languages": [{"code": each, "name": LANGUAGES[each]} for each in languages],
        "standards_count": len(publishing.standards_of(database(), view.round).standards),
        "in": texts,
        "pictures": pictures,
        "files": [*_files(assets), *sorted({each["url"] for each in pictures.values()}), *sorted(sounds)],
    }


def _in_language(view: VisitView, language: str) -> dict[str, Any]:
    before = page_language()
    use_language(language)
    try:
        survey = publishing.survey_of(database(), view.round, language)
        about = publishing.standards_of(database(), view.round, language)
        note, standards = about.wording_note, about.standards
        readers = {"/".join(reader): _reader(view, survey, reader, note) for reader in _readers()}
        wording = publishing.wording_state(database(), view.round, language)
        own_contacts = contacts.contacts_for(database(), view.provider.id)
        return {
            "about": asked_about(view),
            "words": dict(tablet_words()),
            "is_reviewed": {wording, interface_state(language)} == {"reviewed"},
            "readers": readers,
            "consent": _cards((*CONSENT, NO_CONSENT)),
            "witnesses": _cards(WITNESSES),
            "supporters": _cards(SUPPORTERS),
            "ways": _cards(WAYS),
            "how": {each.value: _cards(_how(each)) for each in ASKED},
            "seen": _cards(_seen()),
            "standards": [{"id": each.id, "title": each.title, "is_not": each.is_not} for each in standards],
            "help": [asdict(each) for each in whom_to_call(own_contacts)],
            "sounds": {question["listen"] for each in readers.values() for question in each["questions"]} - {None},
        }
    finally:
        use_language(before)


def _readers() -> Iterable[Reader]:
    return ((edition, audience) for edition in Edition for audience in ASKED)


def _reader(view: VisitView, survey: Survey, reader: Reader, note: str) -> dict[str, Any]:
    texts, (edition, _audience) = survey.texts[reader], reader
    easy_note = _("These words are new. We still work on them with people.")
    return {
        "title": texts.title,
        "welcome": texts.welcome,
        "promises": texts.promises(view.round.thresholds),
        "consent": texts.consent,
        "note": (easy_note if edition is Edition.EASY_READ else note) if note else "",
        "questions": [_question(survey, each, reader) for each in survey.questions_in(view.round.length)],
    }


def _question(survey: Survey, question: Question, reader: Reader) -> dict[str, Any]:
    wording, options = question.wording[reader], survey.options_of(question)
    sound = generated_sound(survey.language, text_sha256(survey.language, joined((wording.stem, *wording.help))))
    return {
        "id": question.id,
        "stem": wording.stem,
        "help": wording.help,
        "listen": sound.url if sound else None,
        "answers": [_option(each, reader) for each in options if each.state is AnswerState.ANSWERED],
        "others": [_option(each, reader) for each in options if each.state is not AnswerState.ANSWERED],
    }


def _option(option: Option, reader: Reader) -> dict[str, str]:
    more = option.explanations.get(reader, "")
    return {"id": option.id, "label": option.labels[reader], "more": more, "picture": f"option.{option.id}"}


def _cards(choices: Iterable[Choice]) -> list[dict[str, str]]:
    return [
        {"id": str(each.id), "label": str(each.label), "more": str(each.more), "picture": each.picture}
        for each in choices
    ]


def _how(audience: Audience) -> Iterable[Choice]:
    """On a visit people answer themselves, with whatever help they like: whoever answers on behalf uses a link."""
    return (each for each in HOW[audience] if each.id != AnsweredHow.ON_BEHALF)


def _seen() -> tuple[Choice, ...]:
    return (
        Choice(Seen.SEEN, _("Yes, we saw it")),
        Choice(Seen.PARTLY, _("We saw some of it")),
        Choice(Seen.NOT_SEEN, _("No, we looked and did not see it")),
        Choice(Seen.NOT_LOOKED, _("We did not look at this")),
    )


def _pictures(asked: Iterable[Question]) -> dict[str, dict[str, Any]]:
    known: Pictures = current_app.extensions["driving_seat_pictures"]
    own = {question.id for question in asked}
    return {
        id_: {"url": url, "width": SIDE, "height": SIDE}
        for id_, url in known.url_by_id.items()
        if id_ in own or not id_[0].isupper()  # an indicator's id begins with a capital letter, no other's does
    }


def _files(assets: Mapping[str, str]) -> list[str]:
    wanted = (
        "site.css",
        "latin-400.woff2",
        "latin-700.woff2",
        "latin-ext-400.woff2",
        "latin-ext-700.woff2",
        "favicon.svg",
    )
    scripts = sorted(name for name in assets if name.startswith(SCRIPTS) or name == "idb.js")
    names = [*wanted, *(name for name in scripts if name != "visit-worker.js")]
    return [url_for("tablet.shell"), url_for("tablet.manifest"), *(f"/static/{assets[name]}" for name in names)]
