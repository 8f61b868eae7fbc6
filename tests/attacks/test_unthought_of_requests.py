"""Requests that nobody thought of, made from what every route says it takes (Schemathesis), as everybody.

None fails, none shows a traceback, each answer is of a kind that is declared and carries its headers, and none shows
anything of another provider or network.
"""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import content_type_conformance

from app.web import access
from tests.attacks.crawling import OPEN_TO
from tests.attacks.furnished import WHO, Furnished
from tests.attacks.hands import Found
from tests.attacks.openapi import OF_SCRIPTS, document
from tests.attacks.test_framing import missing_headers
from tests.attacks.test_other_tenants import NAMES

EXAMPLES = 3
SETTINGS = settings(
    derandomize=True, database=None, deadline=None, max_examples=EXAMPLES, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
TRACES = ("Traceback (most recent call last)", "werkzeug.", "sqlalchemy.", "/app/services/", "site-packages")


OF_ONE_TENANT = frozenset(
    {"round_id", "provider_id", "network_id", "organisation_id", "campaign_id", "concern_id", "visit_id"}
)  # fmt: skip


@pytest.fixture(scope="session")
def schema(_furnished: Furnished, all_forms: list[Found]) -> Any:
    found = schemathesis.openapi.from_dict(document(_furnished, all_forms))
    found.app = _furnished.site.app
    return found


def operations(schema: Any) -> list[APIOperation]:
    return [each.ok() for each in schema.get_all_operations()]


def requests_to(operation: APIOperation, check: Callable[[Case], None], **more: Any) -> None:
    """Make some requests, the same ones each time. more: what of them is not to be made up."""

    @SETTINGS
    @given(case=operation.as_strategy(**more))
    def send(case: Case) -> None:
        check(case)

    send()


def ids_of(operation: APIOperation) -> dict[str, str]:
    """Return the parts of its address with ids that exist."""
    return {each["name"]: each["example"] for each in operation.definition.raw["parameters"]}


@pytest.mark.parametrize("who", [None, *WHO], ids=str)
def test_no_request_fails_or_is_answered_otherwise_than_declared(furnished: Furnished, schema: Any, who: str | None):
    wrong, tried = {}, 0
    with furnished.without_tokens_of_forms():
        for operation in operations(schema):
            roles = access.declared_roles(furnished.site.app, operation.definition.raw["x-endpoint"])
            if not roles & OPEN_TO[who]:
                continue
            fault = ask(furnished, operation, who)
            tried += 1
            if fault:
                wrong[operation.label] = fault
    assert wrong == {}
    assert tried > 10


@pytest.mark.parametrize("who", ["other lead", "other coordinator", "other safeguarding"])
def test_no_request_shows_anything_of_another_provider_or_network(furnished: Furnished, schema: Any, who: str):
    """By the ids that exist, by others, and with whatever is sent along."""
    shown = {}
    with furnished.without_tokens_of_forms():
        for operation in operations(schema):
            names = {each["name"] for each in operation.definition.raw["parameters"]}
            if names & {
                "round_id",
                "provider_id",
                "network_id",
                "organisation_id",
                "campaign_id",
                "concern_id",
                "visit_id",
            }:
                fault = ask(furnished, operation, who, NAMES)
                if fault:
                    shown[operation.label] = fault
    assert shown == {}


def ask(of: Furnished, operation: APIOperation, who: str | None, hidden: tuple[str, ...] = ()) -> str:
    """Send requests to one route as somebody, undo what they did, and say what was wrong with an answer."""
    visitor = of.visitor(who)
    cookies = {each.key: each.value for each in visitor.client._cookies.values()}
    endpoint = operation.definition.raw["x-endpoint"]
    faults = []

    def check(case: Case) -> None:
        of.forget_tries()
        response = case.call(cookies=cookies)
        text = response.content.decode("utf-8", "replace")
        if endpoint == "accounts.overview" and response.status_code != 200:
            faults.append("is not signed in")
        headers = {name.lower(): values[0] for name, values in response.headers.items()}
        faults.extend(f"{response.status_code} {name}" for name in missing_headers(response.status_code, headers))
        faults.extend(f"{response.status_code} shows {word}" for word in (*TRACES, *hidden) if word in text)
        try:
            case.validate_response(response, checks=[not_a_server_error, content_type_conformance])
        except BaseExceptionGroup as group:
            faults.extend(str(each).splitlines()[0] for each in group.exceptions)

    requests_to(operation, check, path_parameters=ids_of(operation))
    if ids_of(operation):
        requests_to(operation, check)
    if endpoint in OF_SCRIPTS:
        requests_to(operation, check, generation_mode=GenerationMode.NEGATIVE)  # a form's fields are words, all tried
    if operation.method.upper() == "POST":
        of.restore()
    return "; ".join(dict.fromkeys(faults))
