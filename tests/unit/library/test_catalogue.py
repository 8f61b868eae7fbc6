"""The words of the pages: collected from templates and code, and brought up to date in each language."""

import re
from io import StringIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.errors import Invalid
from app.library.catalogue import (
    catalogue_languages,
    catalogue_path,
    interface_states,
    messages_of,
    read_catalogue,
    state_of_message,
    translations_of,
)
from app.library.extraction import catalogue_text, extracted, refuse_unknown_language, updated
from app.standards import StringState

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=6; plural=(n==1 ? 1 : 0);\\n"\n\n'
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|</?[a-z]+")


def catalogue(text: str) -> Catalog:
    return read_po(StringIO(HEAD + text), locale="cy")


def template(*ids) -> Catalog:
    made = Catalog()
    for each in ids:
        made.add(each)
    return made


def words(of: Catalog) -> dict:
    return {message.id: message.string or "" for message in messages_of(of)}


def test_words_come_from_templates_and_from_code_with_their_notes(tmp_path):
    (tmp_path / "web/templates").mkdir(parents=True)
    (tmp_path / "web/templates/page.html").write_text(
        '<p>{# Translators: to the reader #}{{ _("Hello") }}</p>\n'
        '{{ ngettext("%(num)s page", "%(num)s pages", 2) }}{% trans %}\n  Good\n  day\n{% endtrans %}'
    )
    (tmp_path / "code.py").write_text('TITLE = lazy_gettext("A title")\nprint("not this")\n')

    found = {message.id: message for message in messages_of(extracted(tmp_path))}

    assert set(found) == {"A title", "Hello", ("%(num)s page", "%(num)s pages"), "Good day"}
    assert found["Hello"].auto_comments == ["to the reader"]


def test_a_template_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "web/templates").mkdir(parents=True)
    (tmp_path / "web/templates/page.html").write_text("<p>\n{{ [*page] }}")

    with pytest.raises(Invalid) as refused:
        extracted(tmp_path)

    assert re.search(r"web/templates/page\.html:2:1: ", str(refused.value))


def test_what_is_new_is_empty_and_what_is_gone_is_gone():
    before = catalogue('msgid "Old"\nmsgstr "Hen"\n\nmsgid "Kept"\nmsgstr "Cadwyd"\n')

    after = updated(before, template("Kept", "Something quite different"))

    assert words(after) == {"Kept": "Cadwyd", "Something quite different": ""}
    assert "Hen" not in catalogue_text(after, "cy")


def test_what_was_reworded_keeps_its_old_words_as_stale_and_is_no_longer_reviewed():
    before = catalogue('#, reviewed\nmsgid "Save your answers"\nmsgstr "Cadw eich atebion"\n')

    (message,) = messages_of(updated(before, template("Save all your answers")))

    assert message.string == "Cadw eich atebion"
    assert message.previous_id == ["Save your answers"]
    assert state_of_message(message) is StringState.STALE
    assert "reviewed" not in message.flags


def test_a_new_message_never_takes_the_words_of_one_that_is_still_there():
    before = catalogue('msgid "Save your answers"\nmsgstr "Cadw eich atebion"\n')

    after = updated(before, template("Save your answers", "Save your answer"))

    assert words(after) == {"Save your answers": "Cadw eich atebion", "Save your answer": ""}


def test_a_catalogue_has_no_dates_and_no_line_numbers_and_reads_back_the_same():
    made = updated(catalogue(""), template("Hello", ("%(num)s page", "%(num)s pages")))
    text = catalogue_text(made, "cy")

    assert "#:" not in text
    assert "POT-Creation-Date" not in text
    assert text.count("msgstr[") == 6
    again = read_po(StringIO(text), locale="cy")
    assert catalogue_text(again, "cy") == text


@pytest.mark.parametrize("language", ["en", "xx", "cymraeg", "", "C1"])
def test_only_a_language_other_than_english_is_translated_into(language):
    refuse_unknown_language("cy")
    with pytest.raises(Invalid, match="is not the two letters of a language"):
        refuse_unknown_language(language)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ('msgid "Hello"\nmsgstr ""\n', StringState.MISSING),
        ('msgid "Hello"\nmsgstr "Helo"\n', StringState.UNREVIEWED),
        ('#, reviewed\nmsgid "Hello"\nmsgstr "Helo"\n', StringState.REVIEWED),
        ('#, fuzzy\nmsgid "Hello"\nmsgstr "Helo"\n', StringState.STALE),
        ('msgid "%(num)s page"\nmsgid_plural "%(num)s pages"\n'
         + "".join(f'msgstr[{n}] "{"tudalen" * (n < 5)}"\n' for n in range(6)), StringState.MISSING),
    ],
)  # fmt: skip
def test_a_message_is_whole_only_with_all_its_plural_forms(text, state):
    (message,) = messages_of(catalogue(text))

    assert state_of_message(message) is state


def test_english_and_a_language_without_a_catalogue_give_the_words_of_the_source():
    for language in ("en", "gd"):
        assert translations_of(language).ugettext("Hello") == "Hello"
        assert translations_of(language).ungettext("page", "pages", 2) == "pages"


in_every_language = pytest.mark.parametrize("language", catalogue_languages())


@pytest.fixture(scope="module")
def source() -> Catalog:
    return extracted()


@in_every_language
def test_a_catalogue_holds_exactly_the_words_of_templates_and_code(language, source):
    in_catalogue = {message.id for message in messages_of(read_catalogue(catalogue_path(language)))}

    assert in_catalogue == {message.id for message in messages_of(source)}, "run: make translations"


@in_every_language
def test_a_catalogue_misses_nothing_and_nothing_is_stale(language):
    states = interface_states(language)

    assert (states[StringState.MISSING], states[StringState.STALE]) == (0, 0)


@in_every_language
def test_a_catalogue_keeps_every_placeholder_and_every_tag(language):
    """A plural form of one number alone, such as "one page", may leave the number out."""
    wrong = []
    for message in messages_of(read_catalogue(catalogue_path(language))):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        *of_one_number, string = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = PLACEHOLDER.findall(ids[-1])
        wrong += [string] if sorted(PLACEHOLDER.findall(string)) != sorted(wanted) else []
        wrong += [form for form in of_one_number if not set(PLACEHOLDER.findall(form)) <= set(wanted)]
    assert wrong == []


@in_every_language
def test_a_catalogue_is_written_as_make_translations_writes_it(language):
    path = catalogue_path(language)

    assert catalogue_text(read_catalogue(path), language) == path.read_text(encoding="utf-8")


def test_welsh_has_six_plural_forms_for_0_1_2_3_6_and_all_others():
    catalogue = read_catalogue(catalogue_path("cy"))
    assert catalogue.num_plurals == 6

    plural = translations_of("cy").plural
    assert [plural(n) for n in (0, 1, 2, 3, 6)] == [0, 1, 2, 3, 4]
    assert {plural(n) for n in (4, 5, 7, 8, 11, 13, 16, 100)} == {5}
