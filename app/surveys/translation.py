"""A survey's words in another language. Where it asks with the standards' own statement, the standards translate it."""

from collections.abc import Mapping
from dataclasses import replace

from app.standards import StandardsSet, Strings, Translation
from app.surveys.model import Edition, Option, Question, Reader, Texts, Wording
from app.surveys.survey import Survey


def survey_strings(survey: Survey, standards: StandardsSet) -> dict[str, str]:
    """Return every word of a survey that its readers see, by key, in its order.

    standards: those it asks about, in English. A stem that is an indicator's own statement is theirs: it is left out.
    """
    strings = {"title": survey.title, "summary": survey.summary}
    for option in survey.options:
        strings |= _by_key(f"options.{option.id}.labels", option.labels)
        strings |= _by_key(f"options.{option.id}.explanations", option.explanations)
    for reader, texts in survey.texts.items():
        strings |= _text_strings(_key("texts", reader), texts)
    for question in survey.questions:
        for reader, wording in question.wording.items():
            strings |= _wording_strings(question, reader, wording, standards)
    return strings


def translated_survey(survey: Survey, translation: Translation, standards: StandardsSet) -> Survey:
    """Return the survey in the translation's language: other words, the same ids, order, values and fingerprint.

    standards: those it asks about, in that language already. Raises Conflict unless the translation is complete.
    """
    words = translation.words(survey_strings(survey, standards.original or standards))
    return replace(
        survey,
        title=words["title"],
        summary=words["summary"],
        language=translation.language,
        options=tuple(_option(option, words) for option in survey.options),
        questions=tuple(_question(question, words, standards) for question in survey.questions),
        texts={
            reader: _texts(_key("texts", reader), texts, words, translation.language)
            for reader, texts in survey.texts.items()
        },
        original=survey,
    )


def _key(place: str, reader: Reader) -> str:
    edition, audience = reader
    return f"{place}.{edition}.{audience}"


def _by_key(place: str, texts: Mapping[Reader, str]) -> dict[str, str]:
    return {_key(place, reader): text for reader, text in texts.items()}


def _numbered(place: str, texts: tuple[str, ...]) -> dict[str, str]:
    return {f"{place}.{number}": text for number, text in enumerate(texts)}


def _text_strings(place: str, texts: Texts) -> dict[str, str]:
    paragraphs = _numbered(f"{place}.welcome", texts.welcome) | _numbered(f"{place}.who_sees_what", texts.who_sees_what)
    return {f"{place}.title": texts.title, **paragraphs, f"{place}.consent": texts.consent}


def _wording_strings(question: Question, reader: Reader, wording: Wording, standards: StandardsSet) -> dict[str, str]:
    edition, audience = reader
    place = _key(f"questions.{question.id}", reader)
    is_statement = wording.stem == standards.indicator(question.id).statements[audience]
    stem = {} if edition is Edition.STANDARD and is_statement else {f"{place}.stem": wording.stem}
    return stem | _numbered(f"{place}.help", wording.help)


def _option(option: Option, words: Strings) -> Option:
    return replace(
        option,
        labels={reader: words[_key(f"options.{option.id}.labels", reader)] for reader in option.labels},
        explanations={
            reader: words[_key(f"options.{option.id}.explanations", reader)] for reader in option.explanations
        },
    )


def _question(question: Question, words: Strings, standards: StandardsSet) -> Question:
    statements = standards.indicator(question.id).statements
    return replace(
        question,
        wording={
            reader: _wording(_key(f"questions.{question.id}", reader), wording, words, statements[reader[1]])
            for reader, wording in question.wording.items()
        },
    )


def _wording(place: str, wording: Wording, words: Strings, statement: str) -> Wording:
    return Wording(words.get(f"{place}.stem", statement), _paragraphs(f"{place}.help", wording.help, words))


def _texts(place: str, texts: Texts, words: Strings, language: str) -> Texts:
    return Texts(
        title=words[f"{place}.title"],
        welcome=_paragraphs(f"{place}.welcome", texts.welcome, words),
        who_sees_what=_paragraphs(f"{place}.who_sees_what", texts.who_sees_what, words),
        consent=words[f"{place}.consent"],
        language=language,
    )


def _paragraphs(place: str, texts: tuple[str, ...], words: Strings) -> tuple[str, ...]:
    return tuple(words[key] for key in _numbered(place, texts))
