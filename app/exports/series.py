"""How each series looks, in one place, for every chart: in the page, in the explorer and in the workbook.

Colours have a contrast of at least 4.5:1 on white and 3:1 on a near-black page, and stay apart for people with a red
or green deficiency. Colour never stands alone: dash and marker differ too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.reports.model import AudienceName

Shape = Literal["circle", "square", "triangle", "diamond", "none"]
ProviderViewName = Literal["agreed", "staff"]


@dataclass(frozen=True, slots=True)
class Look:
    """One series' look. key names its style-sheet class `series-KEY`; svg_dash "" is a solid line."""

    key: str
    colour: str
    shape: Shape
    svg_dash: str
    plotly_dash: str
    excel_dash: Literal["solid", "dash", "sysDot", "dashDot"]

    @property
    def plotly_symbol(self) -> str:
        return "triangle-up" if self.shape == "triangle" else self.shape


AUDIENCE_LOOKS: Mapping[AudienceName, Look] = {
    "person": Look("person", "#2268bd", "circle", "", "solid", "solid"),
    "family": Look("family", "#b8470a", "square", "6 3", "dash", "dash"),
    "provider": Look("provider", "#0b7a65", "triangle", "1.5 3", "dot", "sysDot"),
}
MEDIAN_LOOK = Look("median", "#6b6b6b", "diamond", "7 3 1.5 3", "dashdot", "dashDot")
QUARTILE_LOOKS = (
    Look("lower-quartile", "#8a9699", "none", "", "solid", "solid"),
    Look("upper-quartile", "#8a9699", "none", "", "solid", "solid"),
)


def audience_label(audience: AudienceName, provider_view: ProviderViewName = "agreed") -> str:
    """Return the name people read; the provider's own says whether it is self-rated or a survey of staff."""
    if audience == "provider":
        return "Staff" if provider_view == "staff" else "Provider (self-rated)"
    return "People" if audience == "person" else "Families"
