"""Pages that need no server: one file with everything in it, for a board, an e-mail or an archive."""

import base64
import json
import re
from pathlib import Path
from typing import BinaryIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.errors import Refused
from app.exports.pdf import write_pdf
from app.reports import ProviderReport
from app.web.languages import prepare_environment
from app.web.results import provider_result

_WEB = Path(__file__).parent
_BUILT = _WEB / "static" / "built"
_FONT = re.compile(r"""url\(["']?([\w.-]+\.woff2)["']?\)""")


def report_page(report: ProviderReport) -> str:
    """Return a provider's report as one HTML page: its style, fonts and drawings inside, no script, no address."""
    return _standalone(report, _style())


def write_report_pdf(report: ProviderReport, out: BinaryIO) -> None:
    """Write the same page as tagged PDF. Raises Refused where that cannot be done."""
    site = f'@import url("/static/{_built_name("site.css")}");'
    for_paper = (_WEB / "templates" / "results" / "paper.css").read_text()
    write_pdf(_standalone(report, Markup(site + for_paper)), out)  # nosec B704  # noqa: S704  # our own style sheets


def _standalone(report: ProviderReport, style: Markup) -> str:
    environment = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    prepare_environment(environment)
    template = environment.get_template("results/standalone.html")
    return template.render(result=provider_result(report), style=style)


def _style() -> Markup:
    """Return the built style sheet with its fonts inside."""
    # The style sheet begins with a byte order mark, which would spoil its first rule within a page.
    css = (_BUILT / _built_name("site.css")).read_text(encoding="utf-8-sig")
    return Markup(_FONT.sub(_inlined, css))  # nosec B704  # noqa: S704  # our own style sheet


def _built_name(asset: str) -> str:
    """Return the built file's name. Raises Refused when nothing has been built."""
    try:
        names: dict[str, str] = json.loads((_BUILT / "manifest.json").read_text())
        return names[asset]
    except (FileNotFoundError, KeyError):
        raise Refused("The style sheets and scripts have not been built. Run: make assets") from None


def _inlined(found: re.Match[str]) -> str:
    content = base64.b64encode((_BUILT / found[1]).read_bytes()).decode()
    return f"url(data:font/woff2;base64,{content})"
