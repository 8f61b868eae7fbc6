"""What goes with a release: the list of everything in it, and the question whether a fault is known."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from release.audit import NOT_ASKED, NotAskedError, node_faults, python_faults
from release.lock_files import python_packages
from release.sbom import bill_of_materials

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def components() -> dict[str, dict]:
    """Return {package URL: component}."""
    found = json.loads(bill_of_materials())["components"]
    assert len({each["purl"] for each in found}) == len(found)
    return {each["purl"]: each for each in found}


def test_the_list_names_every_locked_python_package_and_no_other(components: dict[str, dict]):
    lock = (ROOT / "requirements.lock").read_text()
    pinned = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", lock, re.MULTILINE))

    assert {f"pkg:pypi/{name}@{version}" for name, version in pinned} == {
        each for each in components if each.startswith("pkg:pypi/")
    }
    assert len(pinned) > 60


def test_every_hash_of_the_lock_file_stands_beside_its_package(components: dict[str, dict]):
    written = {
        each["content"] for purl, component in components.items() if purl.startswith("pkg:pypi/")
        for each in component["hashes"]
    }  # fmt: skip

    assert written == set(re.findall(r"sha256:([0-9a-f]{64})", (ROOT / "requirements.lock").read_text()))


def test_the_list_names_what_the_pages_are_built_from_and_nothing_that_only_tests_use(components: dict[str, dict]):
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    built = {
        (place.rpartition("node_modules/")[2], each["version"]) for place, each in packages.items()
        if place and not each.get("dev")
    }  # fmt: skip
    named = {
        ("/".join(filter(None, (each.get("group"), each["name"]))), each["version"])
        for purl, each in components.items() if purl.startswith("pkg:npm/")
    }  # fmt: skip

    assert named == built
    assert "axe-core" not in {name for name, _ in named}
    assert "govuk-frontend" in {name for name, _ in named}


def test_the_same_lock_files_give_the_same_list_without_a_time_or_a_random_number():
    once, again = (
        subprocess.run([sys.executable, "-c", "from release.sbom import *; print(bill_of_materials())"],
                       cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )  # fmt: skip

    assert once.stdout == again.stdout
    assert "timestamp" not in once.stdout
    assert "serialNumber" not in once.stdout


def test_the_list_is_as_its_schema_says():
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill_of_materials()) is None


def test_a_known_fault_is_told_with_what_mends_it():
    printed = {
        "dependencies": [
            {"name": "sound", "version": "1.0", "vulns": []},
            {"name": "holed", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
            {"name": "unknown", "skip_reason": "not on PyPI"},
        ]
    }

    assert python_faults(json.dumps(printed)) == ["holed 1.0: PYSEC-1, mended in 1.1"]
    assert node_faults(json.dumps({"vulnerabilities": {"sass": {"severity": "high"}}})) == ["sass (npm): high"]
    assert node_faults(json.dumps({"vulnerabilities": {}})) == []


@pytest.mark.parametrize("printed", ["", "no answer", '{"message": "request to the registry failed"}'])
def test_an_answer_that_is_none_is_not_taken_for_good_news(printed: str):
    for read in (python_faults, node_faults):
        with pytest.raises(NotAskedError):
            read(printed)


def test_without_a_network_it_says_so_and_does_not_pass():
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:1")
    done = subprocess.run(
        [sys.executable, "-m", "release.audit"],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | nowhere | {"NO_PROXY": "", "no_proxy": ""},
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{NOT_ASKED}\n")


def test_whatever_the_code_imports_is_declared_at_the_version_that_is_locked():
    """What comes along with something else could change, or go, without anybody deciding it."""
    declared = dict(
        re.match(r"([a-z0-9_.-]+)(?:\[[^]]*\])?==(.+)", each).groups()  # type: ignore[union-attr]
        for each in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    )
    known = packages_distributions()
    imported = {
        _name(name)
        for path in [*(ROOT / "app").rglob("*.py"), ROOT / "config.py"]
        for each in ast.walk(ast.parse(path.read_text()))
        for module in _modules(each)
        for name in known.get(module, ())
    } - {"driving-seat"}
    locked = {_name(each.name): each.version for each in python_packages(ROOT / "requirements.lock")}

    assert imported - {_name(name) for name in declared} == set()
    assert {name: locked[_name(name)] for name in declared} == declared


def _modules(node: ast.AST) -> list[str]:
    """Return the outermost modules that a statement imports."""
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]] if not node.level else []
    return [each.name.partition(".")[0] for each in node.names] if isinstance(node, ast.Import) else []


def _name(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
