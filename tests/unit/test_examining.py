"""What each check of an installation says, with what it is given."""

import inspect
from datetime import date

import pytest

from app.services.examining import State, checks

DAY, EARLIER = date(2026, 11, 22), date(2026, 11, 1)
PRIVATE, OPEN = 0o600, 0o644
NAMED = {"is_named": True, "is_in_home": False}
SAFE = {"is_encrypted": True, "is_local": False, "is_superuser": False, "is_archived": False}
OK, LOOK, BROKEN = State

EXPECTED = [
    (checks.secret_key, (PRIVATE,), {"is_given": False}, OK),
    (checks.secret_key, (None,), {"is_given": True}, OK),
    (checks.secret_key, (None,), {"is_given": False}, BROKEN),
    (checks.secret_key, (OPEN,), {"is_given": False}, BROKEN),
    (checks.secret_key, (0o620,), {"is_given": False}, BROKEN),
    (checks.hashing_key, (PRIVATE,), {"is_given": False}, OK),
    (checks.hashing_key, (None,), {"is_given": True}, OK),
    (checks.hashing_key, (None,), {"is_given": False}, LOOK),
    (checks.hashing_key, (OPEN,), {"is_given": False}, BROKEN),
    (checks.key_apart, (), {"is_beside_database": False}, OK),
    (checks.key_apart, (), {"is_beside_database": True}, LOOK),
    (checks.earlier_keys, (0,), {}, OK),
    (checks.earlier_keys, (1,), {}, LOOK),
    (checks.sealed, (0, 0), {}, OK),
    (checks.sealed, (3, 0), {}, LOOK),
    (checks.sealed, (3, 1), {}, BROKEN),
    (checks.address, ("https://answers.example.org",), {"is_loopback": False}, OK),
    (checks.address, ("http://127.0.0.1:8000",), {"is_loopback": True}, LOOK),
    (checks.address, ("http://answers.example.org",), {"is_loopback": False}, BROKEN),
    (checks.proxies, (1,), {"is_https": True}, OK),
    (checks.proxies, (0,), {"is_https": False}, OK),
    (checks.proxies, (0,), {"is_https": True}, LOOK),
    (checks.limits, ("redis://127.0.0.1",), {}, OK),
    (checks.limits, ("",), {}, LOOK),
    (checks.hosts, (("a.example.org", "localhost"), "a.example.org"), {}, OK),
    (checks.hosts, (("*",), "a.example.org"), {}, BROKEN),
    (checks.hosts, (("*.example.org", "a.example.org"), "a.example.org"), {}, BROKEN),
    (checks.hosts, (("localhost",), "a.example.org"), {}, BROKEN),
    (checks.home, (0o700,), {}, OK),
    (checks.home, (0o750,), {}, BROKEN),
    (checks.free_space, (2**31,), {}, OK),
    (checks.free_space, (2**29,), {}, LOOK),
    (checks.free_space, (2**20,), {}, BROKEN),
    (checks.database, ("",), {}, OK),
    (checks.database, ("OperationalError",), {}, BROKEN),
    (checks.tables, (), {"is_current": True}, OK),
    (checks.tables, (), {"is_current": False}, BROKEN),
    (checks.set_up, (), {"is_done": True}, OK),
    (checks.set_up, (), {"is_done": False}, LOOK),
    (checks.log, (0,), {}, OK),
    (checks.log, (1,), {}, BROKEN),
    (checks.sqlite, ([PRIVATE], "wal"), {"is_overwritten": True}, OK),
    (checks.sqlite, ([PRIVATE], "delete"), {"is_overwritten": True}, LOOK),
    (checks.sqlite, ([PRIVATE], "wal"), {"is_overwritten": False}, BROKEN),
    (checks.sqlite, ([PRIVATE, OPEN], "wal"), {"is_overwritten": True}, BROKEN),
    (checks.postgres, (), SAFE, OK),
    (checks.postgres, (), SAFE | {"is_encrypted": False, "is_local": True}, OK),
    (checks.postgres, (), SAFE | {"is_superuser": True}, LOOK),
    (checks.postgres, (), SAFE | {"is_encrypted": False}, BROKEN),
    (checks.postgres, (), SAFE | {"is_archived": True}, BROKEN),
    (checks.mail, ("",), {"is_named": True}, OK),
    (checks.mail, ("",), {"is_named": False}, LOOK),
    (checks.mail, ("unreachable",), {"is_named": True}, BROKEN),
    (checks.letters, (0,), {}, OK),
    (checks.letters, (2,), {}, LOOK),
    (checks.schedule, (0,), {"is_by_server": True}, OK),
    (checks.schedule, (2,), {"is_by_server": True}, OK),
    (checks.schedule, (2,), {"is_by_server": False}, LOOK),
    (checks.schedule, (None,), {"is_by_server": True}, LOOK),
    (checks.schedule, (3,), {"is_by_server": True}, BROKEN),
    (checks.backups, (8, [PRIVATE]), NAMED, OK),
    (checks.backups, (9, [PRIVATE]), NAMED, LOOK),
    (checks.backups, (1, [PRIVATE]), NAMED | {"is_in_home": True}, LOOK),
    (checks.backups, (None, []), NAMED | {"is_named": False}, LOOK),
    (checks.backups, (None, []), NAMED, BROKEN),
    (checks.backups, (36, [PRIVATE]), NAMED, BROKEN),
    (checks.backups, (1, [PRIVATE, OPEN]), NAMED, BROKEN),
    (checks.speech, (), {"is_there": True}, OK),
    (checks.speech, (), {"is_there": False}, LOOK),
    (checks.assets, (), {"are_built": True}, OK),
    (checks.assets, (), {"are_built": False}, BROKEN),
    (checks.library, (0,), {}, OK),
    (checks.library, (2,), {}, BROKEN),
    (checks.translations, ([],), {}, OK),
    (checks.translations, (["survey a@1.0.0 (cy)"],), {}, BROKEN),
    (checks.demonstration, (), {"is_one": False, "is_loopback": False}, OK),
    (checks.demonstration, (), {"is_one": True, "is_loopback": True}, LOOK),
    (checks.demonstration, (), {"is_one": True, "is_loopback": False}, BROKEN),
    (checks.clock, (DAY, DAY, 0.0), {}, OK),
    (checks.clock, (DAY, EARLIER, -61.0), {}, LOOK),
    (checks.clock, (EARLIER, DAY, 0.0), {}, BROKEN),
]


@pytest.mark.parametrize(("check", "given", "named", "state"), EXPECTED)
def test_a_check_judges_what_it_is_given_in_one_sentence_and_says_what_to_do(check, given, named, state: State):
    found = check(*given, **named)

    assert found.state is state
    assert found.sentence.endswith(".")
    assert bool(found.remedy) == (state is not OK)
    assert str(found).startswith(f"{state.value:<6}  {found.about}: {found.sentence}")


def test_every_check_is_seen_to_fail():
    every = {each for _, each in inspect.getmembers(checks, inspect.isfunction) if each.__module__ == checks.__name__}

    assert every - {check for check, _, _, state in EXPECTED if state is not OK} == set()
