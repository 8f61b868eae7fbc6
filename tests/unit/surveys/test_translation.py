from dataclasses import replace

import pytest

from app.errors import Conflict
from app.standards import Audience, standards_strings, translated_standards
from app.surveys import Edition, Survey, Thresholds, Wording, survey_strings, translated_survey
from tests.factories import make_standards, make_survey, make_translation

STANDARDS = make_standards((1,), indicator_count=1)
IN_WELSH = translated_standards(STANDARDS, make_translation(standards_strings(STANDARDS)))
PERSON = (Edition.STANDARD, Audience.PERSON)
PERSON_IN_EASY_READ = (Edition.EASY_READ, Audience.PERSON)


def survey_with_help() -> Survey:
    survey = make_survey(STANDARDS)
    question = survey.questions[0]
    wording = {**question.wording, PERSON_IN_EASY_READ: Wording("Is it yours?", ("A key.", "A door."))}
    option = replace(survey.options[0], explanations={PERSON_IN_EASY_READ: "It is true."})
    return replace(survey, questions=(replace(question, wording=wording),), options=(option, *survey.options[1:]))


def in_welsh(survey: Survey) -> Survey:
    return translated_survey(survey, make_translation(survey_strings(survey, STANDARDS)), IN_WELSH)


def test_every_word_of_a_survey_has_a_key_but_stems_that_are_the_standards_own():
    strings = survey_strings(survey_with_help(), STANDARDS)

    assert list(strings)[:3] == ["title", "summary", "options.yes.labels.standard.person"]
    assert strings["options.yes.explanations.easy-read.person"] == "It is true."
    assert {key: text for key, text in strings.items() if key.startswith("texts.standard.person")} == {
        "texts.standard.person.title": "Your support",
        "texts.standard.person.welcome.0": "Welcome.",
        "texts.standard.person.who_sees_what.0": "Shown from {standard_threshold} people on.",
        "texts.standard.person.consent": "I agree.",
    }
    assert {key: text for key, text in strings.items() if key.startswith("questions.") and ".person" in key} == {
        "questions.S01.a.easy-read.person.stem": "Is it yours?",
        "questions.S01.a.easy-read.person.help.0": "A key.",
        "questions.S01.a.easy-read.person.help.1": "A door.",
    }


def test_a_standard_stem_of_the_surveys_own_has_a_key_of_its_own():
    survey = survey_with_help()
    question = survey.questions[0]
    own = replace(question, wording={**question.wording, PERSON: Wording("Asked otherwise.")})
    changed = replace(survey, questions=(own,))

    assert survey_strings(changed, STANDARDS)["questions.S01.a.standard.person.stem"] == "Asked otherwise."
    assert in_welsh(changed).questions[0].wording[PERSON] == Wording("cy:Asked otherwise.")


def test_a_translated_survey_asks_the_same_in_other_words():
    survey = survey_with_help()
    translated = in_welsh(survey)
    question, option = translated.questions[0], translated.options[0]

    assert (translated.language, translated.original) == ("cy", survey)
    assert translated.fingerprint == survey.fingerprint
    assert question.wording[PERSON] == Wording("cy:S01.a for the person")
    assert question.wording[PERSON_IN_EASY_READ] == Wording("cy:Is it yours?", ("cy:A key.", "cy:A door."))
    assert option.labels[PERSON] == "cy:Yes"
    assert option.explanations == {PERSON_IN_EASY_READ: "cy:It is true."}
    assert translated.texts[PERSON].consent == "cy:I agree."
    assert [o.id for o in translated.options] == [o.id for o in survey.options]
    assert translated.score_of(question, "yes") == survey.score_of(survey.questions[0], "yes")


def test_no_word_of_a_translated_survey_is_english():
    translated = in_welsh(survey_with_help())
    words = survey_strings(translated, IN_WELSH)

    assert words
    assert all(text.startswith("cy:") for text in words.values())


def test_the_threshold_is_a_word_in_english_and_a_number_in_other_languages():
    survey = make_survey(STANDARDS)

    assert survey.texts[PERSON].promises(Thresholds()) == ("Shown from five people on.",)
    assert in_welsh(survey).texts[PERSON].promises(Thresholds()) == ("cy:Shown from 5 people on.",)


def test_a_survey_is_not_translated_in_part():
    survey = survey_with_help()
    translation = make_translation(survey_strings(survey, STANDARDS))
    shorter = replace(translation, strings={k: v for k, v in translation.strings.items() if not k.endswith("help.1")})

    with pytest.raises(Conflict, match="not complete"):
        translated_survey(survey, shorter, IN_WELSH)
