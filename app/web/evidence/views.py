"""The pages of a provider's evidence: its team sees it; its lead and contributors add, change and delete."""

from io import BytesIO

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, Refused
from app.library.virus_scanner import Scanner
from app.organisations import Act, require
from app.organisations.evidence import MEDIA_TYPES, Evidence, Label
from app.services import evidence, organising, rounds
from app.services.evidence import MEGABYTE, Store
from app.web import access
from app.web.context import actor, database, settings, today
from app.web.errors import problem
from app.web.evidence import pages
from app.web.evidence.forms import AddForm, LabelForm
from app.web.security import FILE_POLICY

blueprint = Blueprint("evidence", __name__, url_prefix="/providers/<provider_id>/evidence")
ROOM_FOR_THE_FORM = 64 * 1024
ACCEPTED = ",".join(f".{ending}" for ending in MEDIA_TYPES)


@blueprint.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Take a whole file on the one page that is for it, from those who may add one. This runs before anything reads.

    There is room for twice the largest file, so that what is a little too large is refused with all that was typed.
    """
    if endpoint == "evidence.add" and actor().may(Act.KEEP_EVIDENCE, str((values or {}).get("provider_id"))):
        request.max_content_length = 2 * _store().largest_bytes + ROOM_FOR_THE_FORM


@blueprint.errorhandler(413)
def too_large(_error: Exception) -> ResponseReturnValue:
    return problem(413, evidence.too_large(_store()))


@blueprint.get("")
@access.open_to(Act.SEE_EVIDENCE)
def all_files(provider_id: str) -> ResponseReturnValue:
    found = evidence.evidence_of(database(), provider_id, today())
    sets, known = evidence.newest_standards(database()), evidence.known_standards(database())
    return render_template(
        "evidence/all.html",
        provider=organising.provider(database(), provider_id),
        found=found,
        groups=pages.groups(found.kept, sets, known),
        rounds=_rounds(provider_id),
        may_keep=_may_keep(provider_id),
        store=_store(),
        kind_words=pages.kind_words,
        size_words=pages.size_words,
    )


@blueprint.get("/new")
@access.open_to(Act.KEEP_EVIDENCE)
def new(provider_id: str) -> ResponseReturnValue:
    require(actor(), Act.KEEP_EVIDENCE, provider_id)
    return _add(provider_id, _add_form(provider_id))


@blueprint.post("/new")
@access.open_to(Act.KEEP_EVIDENCE)
def add(provider_id: str) -> ResponseReturnValue:
    require(actor(), Act.KEEP_EVIDENCE, provider_id)
    form = _add_form(provider_id)
    if not form.validate():
        return _add(provider_id, form), 422
    store, given = _store(), form.file.data
    try:
        added = evidence.add_evidence(
            database(), store, provider_id, form.new_id.data, form.label,
            file_name=given.filename, content=given.read(store.largest_bytes + 1), on=today(),
        )  # fmt: skip
    except (Invalid, Refused, Conflict) as error:
        form.file.errors = [error.message]
        return _add(provider_id, form), 409 if isinstance(error, Conflict) else 422
    return redirect(url_for(".show", provider_id=provider_id, evidence_id=added.id, done="added"), 303)


@blueprint.get("/<evidence_id>")
@access.open_to(Act.SEE_EVIDENCE)
def show(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    found = evidence.one_of(database(), provider_id, evidence_id)
    return _show(found, _label_form(found))


@blueprint.post("/<evidence_id>")
@access.open_to(Act.KEEP_EVIDENCE)
def change(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    require(actor(), Act.KEEP_EVIDENCE, provider_id)
    found = evidence.one_of(database(), provider_id, evidence_id)
    form = _label_form(found)
    if not form.validate():
        return _show(found, form), 422
    try:
        evidence.change_label(database(), provider_id, evidence_id, form.label, before=form.before)
    except Conflict as error:
        now = evidence.one_of(database(), provider_id, evidence_id)
        form.has_seen(now.label)
        return _show(now, form, error.message), 409
    return redirect(url_for(".show", provider_id=provider_id, evidence_id=evidence_id, done="changed"), 303)


@blueprint.get("/<evidence_id>/file")
@access.open_to(Act.SEE_EVIDENCE)
def download(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    """Give a file to keep. No browser shows it as a page of ours, whatever it holds."""
    found = evidence.one_of(database(), provider_id, evidence_id)
    content = BytesIO(evidence.content_of(database(), _store(), found))
    answer: Response = send_file(
        content, mimetype=found.media_type, as_attachment=True, download_name=found.file_name, etag=False, max_age=None
    )
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/<evidence_id>/delete")
@access.open_to(Act.KEEP_EVIDENCE)
def confirm_delete(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    require(actor(), Act.KEEP_EVIDENCE, provider_id)
    found = evidence.one_of(database(), provider_id, evidence_id)
    provider = organising.provider(database(), provider_id)
    return render_template("evidence/delete.html", provider=provider, file=found)


@blueprint.post("/<evidence_id>/delete")
@access.open_to(Act.KEEP_EVIDENCE)
def delete(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    evidence.delete_evidence(database(), provider_id, evidence_id, today())
    return redirect(url_for(".all_files", provider_id=provider_id, _anchor="deleted"), 303)


@blueprint.post("/<evidence_id>/bring-back")
@access.open_to(Act.KEEP_EVIDENCE)
def bring_back(provider_id: str, evidence_id: str) -> ResponseReturnValue:
    evidence.bring_back(database(), provider_id, evidence_id, today())
    return redirect(url_for(".show", provider_id=provider_id, evidence_id=evidence_id, done="back"), 303)


def _store() -> Store:
    of = settings()
    largest, most = of.largest_evidence_mb * MEGABYTE, of.most_evidence_mb * MEGABYTE
    return Store(of.evidence, of.keys(), largest, most, Scanner.of(of.virus_scanner))


def _may_keep(provider_id: str) -> bool:
    return actor().may(Act.KEEP_EVIDENCE, provider_id)


def _rounds(provider_id: str) -> dict[str, str]:
    """Return {round's id: how it is told from others}, newest first."""
    found = rounds.all_rounds(database(), provider_id=provider_id)
    return {each.id: pages.opened(each, about) for each, about in found}


def _add_form(provider_id: str) -> AddForm:
    """Return the form, with the standard and the round that an address may choose."""
    asked = Label("", pages.key_in(request.args.get("standard", "")), request.args.get("round"))
    known = asked.standard in evidence.known_standards(database())
    return AddForm(
        evidence.newest_standards(database()),
        _rounds(provider_id),
        Label("", asked.standard if known else None, asked.round_id),
    )


def _label_form(found: Evidence) -> LabelForm:
    return LabelForm(evidence.newest_standards(database()), _rounds(found.provider_id), found.label)


def _add(provider_id: str, form: AddForm) -> str:
    return render_template(
        "evidence/new.html",
        provider=organising.provider(database(), provider_id),
        form=form,
        store=_store(),
        kinds=pages.KINDS,
        accepted=ACCEPTED,
        size_words=pages.size_words,
    )


def _show(found: Evidence, form: LabelForm, refusal: str = "") -> str:
    standard = evidence.known_standards(database()).get(found.label.standard) if found.label.standard else None
    return render_template(
        "evidence/show.html",
        provider=organising.provider(database(), found.provider_id),
        file=found,
        form=form,
        refusal=refusal,
        standard=standard.title if standard else pages.NO_STANDARD,
        round=_rounds(found.provider_id).get(found.label.round_id or "", ""),
        done=request.args.get("done", "") if request.method == "GET" else "",
        may_keep=_may_keep(found.provider_id),
        is_scanned=_store().scanner is not None,
        kind_words=pages.kind_words,
        size_words=pages.size_words,
    )
