"""The list of everything in a build (SBOM), as CycloneDX JSON; the same lock files give the same bytes.

Usage: python -m release.sbom FILE
"""

import base64
import json
import sys
import tomllib
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from release.lock_files import Locked, node_packages, python_packages

ROOT = Path(__file__).parents[1]


def locked() -> list[Locked]:
    """Return what is built in, each package once: the same one can lie in two places of node_modules."""
    found = {*python_packages(ROOT / "requirements.lock"), *node_packages(ROOT / "package-lock.json")}
    return sorted(found)


def bill_of_materials() -> str:
    """Return the SBOM. It holds no time and no random number, so that two builds can be compared."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    own = _own(project["name"], project["version"])
    bom = Bom(components=[_component(each) for each in locked()])
    bom.metadata.component = own
    bom.register_dependency(own, bom.components)
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["serialNumber"], document["metadata"]["timestamp"]
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def _own(name: str, version: str) -> Component:
    return Component(name=name, version=version, type=ComponentType.APPLICATION, bom_ref=f"{name}@{version}")


def _component(of: Locked) -> Component:
    group, _, name = of.name.rpartition("/")
    address = PackageURL(of.kind, group or None, name, of.version)
    return Component(
        name=name,
        group=group or None,
        version=of.version,
        purl=address,
        bom_ref=address.to_string(),
        hashes=[HashType(alg=HashAlgorithm(name), content=_hex(name, digest)) for name, digest in of.hashes],
        licenses=[DisjunctiveLicense(name=of.licence)] if of.licence else None,
    )


def _hex(algorithm: str, digest: str) -> str:
    return base64.b64decode(digest).hex() if algorithm == "SHA-512" else digest


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(bill_of_materials())
    print(f"{out}: {len(locked())} components")
