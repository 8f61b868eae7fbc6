"""Reading a drawn SVG again, as a test sees it."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> Element:
    return ElementTree.fromstring(svg)  # noqa: S314  # our own output


def groups(root: Element, class_name: str) -> list[Element]:
    return [group for group in root.iter(f"{SVG}g") if class_name in group.get("class", "").split()]


def words(root: Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def strokes(root: Element, key: str) -> list[str]:
    """Return the unbroken stretches of a series' line in the radar, each with how many corners it has."""
    paths = [path.get("d", "") for group in groups(root, f"series-{key}") for path in group.iter(f"{SVG}path")]
    return [stretch for path in paths for stretch in path.split("M") if stretch]


def corner_count(stretch: str) -> int:
    return len(re.findall(r"-?[\d.]+ -?[\d.]+", stretch))
