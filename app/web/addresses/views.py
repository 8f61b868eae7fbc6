"""A lead's pages about asking by e-mail. An address is shown once, before anything is sent, and never again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, DrivingSeatError, Invalid, Refused
from app.library.address_file import LARGEST_FILE, write_address_template
from app.organisations import Act
from app.services import asking
from app.services.asking_letters import asking_letter
from app.services.rounds import RoundView
from app.services.sealed_addresses import Addressee
from app.standards import LANGUAGES, Audience
from app.web import access
from app.web.addresses.forms import ListForm, RemindForm, SendForm, TakeOffForm
from app.web.context import actor, database, settings, today
from app.web.errors import problem
from app.web.results import download
from app.web.rounds.forms import GROUPS
from app.web.rounds.leading import led_round
from app.web.rounds.views import invited_audiences

blueprint = Blueprint("addresses", __name__, url_prefix="/rounds/<round_id>/addresses")
ROOM_FOR_THE_FORM = 64 * 1024
FIRST_LINES = 5
MOST_FAULTS = 100
_WITH_A_LIST = frozenset({"addresses.look", "addresses.ask"})


@blueprint.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Take a whole list from those who may ask somebody. This runs before anything reads.

    There is room for twice the largest file, so that what is a little too large is refused with all that was typed.
    """
    if endpoint in _WITH_A_LIST and actor().where_may(Act.RUN_ROUNDS):
        request.max_content_length = 2 * LARGEST_FILE + ROOM_FOR_THE_FORM


@blueprint.errorhandler(413)
def too_large(_error: Exception) -> ResponseReturnValue:
    return problem(413, f"A list has at most {LARGEST_FILE // 1_000_000} MB.")


@blueprint.get("")
@access.open_to(Act.RUN_ROUNDS)
def show(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    return _show(view) if view.is_open else redirect(url_for("rounds.show", round_id=round_id), 303)


@blueprint.post("")
@access.open_to(Act.RUN_ROUNDS)
def look(round_id: str) -> ResponseReturnValue:
    """Show what asking a list would do. Nothing is kept of it here: it comes back with the next form."""
    view = led_round(round_id)
    form = ListForm(invited_audiences(view), is_posted=True)
    given = form.read(LARGEST_FILE)
    if given is None:
        return _show(view, form), 422
    audience = Audience(form.audience.data)
    try:
        sorted_out = asking.sort_out(database(), settings(), round_id, audience, given)
    except (Conflict, Refused) as error:
        return _show(view, form, refusal=error.message), 409
    page = render_template(
        "addresses/look.html", view=view, sorted_out=sorted_out, is_windows=form.is_windows, group=GROUPS[audience],
        form=SendForm.showing(audience, (*sorted_out.fresh, *sorted_out.again)), first_lines=FIRST_LINES,
        languages=LANGUAGES, letters=_letters(view, audience, sorted_out.fresh),
    )  # fmt: skip
    return page, 200, {"Cache-Control": "no-store"}


@blueprint.post("/ask")
@access.open_to(Act.RUN_ROUNDS)
def ask(round_id: str) -> ResponseReturnValue:
    view, form = led_round(round_id), SendForm()
    try:
        count = asking.ask(
            database(), settings(), round_id, _audience(view, form.audience.data), form.given(), today(),
            each_line=form.each_line.data,
        )  # fmt: skip
    except (Conflict, Refused, Invalid) as error:
        return _refused(view, error)
    return _done(round_id, "asked" if count else "known")


@blueprint.post("/remind")
@access.open_to(Act.RUN_ROUNDS)
def remind(round_id: str) -> ResponseReturnValue:
    view, form = led_round(round_id), RemindForm()
    try:
        audience = _audience(view, form.audience.data)
        asking.remind(database(), settings(), round_id, audience, today(), form.reminders.data)
    except (Conflict, Refused, Invalid) as error:
        return _refused(view, error)
    return _done(round_id, "reminded")


@blueprint.post("/take-off")
@access.open_to(Act.RUN_ROUNDS)
def take_off(round_id: str) -> ResponseReturnValue:
    view, form = led_round(round_id), TakeOffForm()
    if not form.validate():
        return _show(view, take_off_form=form), 422
    asking.take_off(database(), settings(), round_id, form.address.data)
    return _done(round_id, "taken-off")


@blueprint.get("/ask")
@blueprint.get("/remind")
@blueprint.get("/take-off")
@access.open_to(Act.RUN_ROUNDS)
def only_posted(round_id: str) -> ResponseReturnValue:
    """Whoever opens the address of a form again gets the page that it stands on."""
    return redirect(url_for(".show", round_id=led_round(round_id).round.id), 303)


@blueprint.get("/template.<any(xlsx, csv):kind>")
@access.open_to(Act.RUN_ROUNDS)
def template(round_id: str, kind: str) -> ResponseReturnValue:
    led_round(round_id)
    return download(f"addresses.{kind}", lambda file: write_address_template(file, kind))


def _audience(view: RoundView, given: str | None) -> Audience:
    """Return whom a form is about. Raises Invalid for one that the pages do not offer."""
    found = next((each for each in invited_audiences(view) if each == given), None)
    if found is None:
        raise Invalid("Choose who the letters are for.")
    return found


def _refused(view: RoundView, error: DrivingSeatError) -> ResponseReturnValue:
    return _show(view, refusal=error.message), 422 if isinstance(error, Invalid) else 409


def _done(round_id: str, what: str) -> ResponseReturnValue:
    return redirect(url_for(".show", round_id=round_id, done=what), 303)


def _letters(view: RoundView, audience: Audience, fresh: tuple[Addressee, ...]) -> dict[str, str]:
    """Return what a letter will say, by language, with a link that opens nothing."""
    base = settings().base_url
    chosen = {each.language for each in fresh}
    site = view.site.name if view.site else None
    shown = {language: Addressee("you@example.org", language) for language in LANGUAGES if language in chosen}
    return {
        language: asking_letter(to, audience, view.provider.name, f"{base}/a/…", f"{base}/stop/…", site).text
        for language, to in shown.items()
    }


def _show(
    view: RoundView, form: ListForm | None = None, take_off_form: TakeOffForm | None = None, refusal: str = ""
) -> str:
    of = view.round
    audiences = invited_audiences(view)
    return render_template(
        "addresses/show.html",
        view=view,
        form=form or ListForm(audiences),
        take_off_form=take_off_form or TakeOffForm(formdata=None),
        refusal=refusal,
        lists=asking.asked_by_letter(database(), of.id, today()),
        groups={each: GROUPS[each] for each in audiences},
        letters_leave=asking.can_ask(database(), settings(), of),
        most_reminders=asking.MOST_REMINDERS,
        most_faults=MOST_FAULTS,
        today=today(),
        done=request.args.get("done", "") if request.method == "GET" else "",
    )
