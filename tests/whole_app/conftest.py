"""An installation of its own for each test, and its command line; and a site that a whole module looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import installation, main
from tests.databases import SqliteFiles
from tests.site import Site, make_site

Run = Callable[..., "Result"]


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.strip().splitlines()[-1]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `driving-seat …` on a new, empty installation."""
    monkeypatch.setenv("DRIVING_SEAT_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    installation.settings.cache_clear()

    def command(*words: object) -> Result:
        monkeypatch.setattr("sys.argv", ["driving-seat", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit_:
            main()
        out, err = capsys.readouterr()
        return Result(int(exit_.value.code or 0), out, err)

    return command


@pytest.fixture
def installed(run: Run) -> Run:
    assert run("init").status == 0
    return run


@pytest.fixture(scope="module")
def shared_site(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole application, whose pages are made once for all tests of a module; no test changes anything."""
    made = make_site(tmp_path_factory.mktemp("shared"), sqlite_files.new_url())
    yield made
    made.close()
