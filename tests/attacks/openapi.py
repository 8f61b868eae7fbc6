"""What the pages take and give, as an OpenAPI document: made from the routes and from the forms on the pages."""

from typing import Any

from werkzeug.routing import Rule

from app.web.access import UNUSED_ENDPOINTS
from tests.attacks.forms import Field
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, endpoint_of

HTML, JSON, CSV = "text/html", "application/json", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
FILES: dict[str, tuple[str, ...]] = {
    "home.security_txt": ("text/plain",),
    "rounds.report_file": (XLSX, CSV, JSON, PDF),
    "rounds.comparison_file": (XLSX, JSON),
    "networks.report_file": (XLSX, JSON),
    "addresses.template": (XLSX, CSV),
    "answer.result_file": (XLSX, PDF),
    "log.lines_file": (CSV,),
    "accounts.download": (JSON,),
    "evidence.download": (PDF,),
    "listening.generated": ("audio/mpeg",),
    "answer.everything_file": (JSON,),
    "answer.recording": ("audio/mpeg",),
    "recordings.sound": ("audio/mpeg",),
    "tablet.worker": ("text/javascript",),
    "tablet.manifest": ("application/manifest+json",),
    "tablet.package": (JSON,),
    "tablet.device": (JSON,),
    "tablet.register": (JSON,),
    "tablet.take_in": (JSON,),
    "tablet.wiped": (JSON,),
    "booklets.make": (PDF,),
    "booklets.specimen": (PDF,),
}
"""What an address answers with beside pages: every refusal is a page."""

OF_SCRIPTS = frozenset({"tablet.take_in", "tablet.wiped"})
TAKES_SECONDS = frozenset({"booklets.make", "booklets.specimen"})
"""Files that take seconds each; tests/whole_app/test_booklets.py has them."""


def document(of: Furnished, forms: list[Found]) -> dict[str, Any]:
    """Return every route that is used, with ids that exist and others, and with the fields of its forms."""
    fields: dict[str, dict[str, Field]] = {}
    for found in forms:
        known = fields.setdefault(endpoint_of(of, found.form), {})
        known.update({each.name: each for each in found.form.fields})
    paths: dict[str, Any] = {}
    for rule in of.site.app.url_map.iter_rules():
        if rule.endpoint not in UNUSED_ENDPOINTS | TAKES_SECONDS:
            shared = paths.setdefault(path_of(rule), {})
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                shared[method.lower()] = _operation(of, rule, method, fields.get(rule.endpoint, {}))
    return {"openapi": "3.1.0", "info": {"title": "Driving Seat", "version": "0"}, "paths": paths}


def path_of(rule: Rule) -> str:
    """Return a route as OpenAPI writes it."""
    return "".join(f"{{{part}}}" if is_argument else part for is_argument, part in rule._trace).removeprefix("|")


def _operation(of: Furnished, rule: Rule, method: str, fields: dict[str, Field]) -> dict[str, Any]:
    types = dict.fromkeys((HTML, *FILES.get(rule.endpoint, ())))
    found: dict[str, Any] = {
        "operationId": f"{method} {rule.rule}",
        "x-endpoint": rule.endpoint,
        "parameters": [_parameter(name, of.value(rule, name)) for name in sorted(rule.arguments)],
        "responses": {"default": {"description": "", "content": {each: {} for each in types}}},
    }
    if method == "POST":
        schema = {"type": "object", "properties": {each.name: _taken(each) for each in fields.values()}}
        kind = "application/json" if rule.endpoint in OF_SCRIPTS else _body_kind(fields)
        found["requestBody"] = {"content": {kind: {"schema": schema}}}
    return found


def _body_kind(fields: dict[str, Field]) -> str:
    has_file = any(each.kind == "file" for each in fields.values())
    return "multipart/form-data" if has_file else "application/x-www-form-urlencoded"


def _parameter(name: str, known: str) -> dict[str, Any]:
    """Return a part of an address: any words. example: an id that exists."""
    words = {"type": "string", "minLength": 1, "maxLength": 40}
    return {"name": name, "in": "path", "required": True, "schema": words, "example": known}


def _taken(field: Field) -> dict[str, Any]:
    """Return what a field takes: what it offers and a word that it does not, or any words."""
    if field.kind == "file":
        return {"type": "string", "format": "binary"}
    offered = [each for each in (*field.options, field.now) if each]
    return {"enum": [*offered, "nonsense"]} if offered else {"type": "string", "maxLength": 300}
