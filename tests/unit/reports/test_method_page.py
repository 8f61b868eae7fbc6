"""The method page is the source that the code names."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
CITED = re.compile(r'docs/method\.md,\s+("[^"]+"(?:(?:,| and)\s+"[^"]+")*)')


def test_every_section_that_the_code_names_stands_on_the_method_page():
    headings = re.findall(r"^#+ (.+)$", (ROOT / "docs" / "method.md").read_text(encoding="utf-8"), re.MULTILINE)
    code = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "app").rglob("*.py"))]

    cited = {name for text in code for names in CITED.findall(text) for name in re.findall(r'"([^"]+)"', names)}

    assert len(cited) > 10
    assert cited <= set(headings)
