"""The keys of an installation: in files of its home folder, or in its environment."""

from pathlib import Path

import pytest

from app.errors import Conflict, Invalid, Refused
from config import Settings, read_settings

OLD, NEW, OLDEST = "o" * 40, "n" * 40, "x" * 40


def test_a_new_installation_has_a_key_that_seals_and_another_that_hashes(home: Path):
    settings = Settings(home=home)
    settings.make_keys()

    (key,) = settings.keys()
    assert settings.hash_key() != key
    assert {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()} == {
        "secret-key": 0o600, "hashing-key": 0o600,
    }  # fmt: skip


def test_making_keys_again_changes_nothing(home: Path):
    settings = Settings(home=home)
    settings.make_keys()
    before = settings.keys(), settings.hash_key()
    settings.make_keys()

    assert (settings.keys(), settings.hash_key()) == before


@pytest.mark.parametrize("prepare", [Settings.make_keys, Settings.add_key, lambda _settings: None])
def test_an_installation_that_had_one_key_for_everything_goes_on_hashing_with_it(home: Path, prepare):
    home.mkdir()
    (home / "secret-key").write_text(OLD)
    settings = Settings(home=home)
    prepare(settings)

    assert settings.hash_key() == OLD.encode()
    assert settings.keys()[-1] == OLD.encode()


def test_a_new_key_is_the_first_and_is_used_at_once_and_the_one_that_hashes_stays(home: Path):
    settings = Settings(home=home)
    settings.make_keys()
    (first,), hashes = settings.keys(), settings.hash_key()
    settings.add_key()
    settings.add_key()

    assert len(set(settings.keys())) == 3
    assert settings.keys()[-1] == first
    assert settings.hash_key() == hashes
    assert (home / "secret-key").stat().st_mode & 0o777 == 0o600


def test_after_forgetting_the_present_key_is_left_and_the_one_that_hashes(home: Path):
    home.mkdir()
    (home / "secret-key").write_text(OLD)
    settings = Settings(home=home)
    settings.add_key()
    (present, _) = settings.keys()
    settings.forget_earlier_keys()

    assert settings.keys() == (present,)
    assert settings.hash_key() == OLD.encode()


def test_two_changes_at_once_lose_no_key(home: Path):
    settings = Settings(home=home)
    settings.make_keys()
    before = settings.keys()
    (home / "secret-key.new").write_text("half a key")
    with pytest.raises(Conflict, match="are being changed"):
        settings.add_key()

    assert settings.keys() == before


def test_keys_from_the_environment_come_in_their_order_and_the_oldest_hashes(home: Path):
    settings = Settings(home=home, secret_key=NEW, earlier_secret_keys=f"{OLD},{OLDEST}")

    assert settings.keys() == (NEW.encode(), OLD.encode(), OLDEST.encode())
    assert settings.hash_key() == OLDEST.encode()
    assert Settings(home=home, secret_key=NEW, hashing_key=OLD).hash_key() == OLD.encode()


@pytest.mark.parametrize("change", [Settings.add_key, Settings.forget_earlier_keys])
@pytest.mark.parametrize("given", [{"secret_key": NEW}, {"earlier_secret_keys": OLD}])
def test_keys_from_the_environment_are_changed_there(home: Path, change, given):
    with pytest.raises(Refused, match="DRIVING_SEAT_EARLIER_SECRET_KEYS"):
        change(Settings(home=home, **given))


@pytest.mark.parametrize("name", ["SECRET_KEY", "EARLIER_SECRET_KEYS", "HASHING_KEY"])
def test_a_short_key_is_refused_by_its_name_and_not_shown(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(f"DRIVING_SEAT_{name}", f"{NEW},tiny" if name == "EARLIER_SECRET_KEYS" else "tiny")
    with pytest.raises(Invalid, match="at least 32 characters") as refused:
        read_settings()

    assert f"DRIVING_SEAT_{name}" in str(refused.value)
    assert "tiny" not in str(refused.value)
