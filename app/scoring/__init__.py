"""Scoring: from answers to figures, exactly. Nothing may be shown before `app.disclosure` releases it. Pure."""

from app.scoring.display import points, share
from app.scoring.figures import NOT_SAID, figures_of
from app.scoring.model import (
    GAPS,
    WITHOUT_PAID_STAFF,
    AudienceFigures,
    AudiencePair,
    Gap,
    IndicatorFigures,
    PartFigures,
    RoundFigures,
    Score,
    SeriesFigures,
    StandardFigures,
    gap_name,
)
from app.scoring.respondent import MINIMUM_COVERAGE, respondent_score
from app.scoring.spread import quartiles, quartiles_in_order
from app.scoring.uncertainty import (
    DECLARED_SIGMA,
    difference_margin,
    mean_margin,
    pooled_sigma,
    spread_of,
    wilson,
)

__all__ = [
    "DECLARED_SIGMA",
    "GAPS",
    "MINIMUM_COVERAGE",
    "NOT_SAID",
    "WITHOUT_PAID_STAFF",
    "AudienceFigures",
    "AudiencePair",
    "Gap",
    "IndicatorFigures",
    "PartFigures",
    "RoundFigures",
    "Score",
    "SeriesFigures",
    "StandardFigures",
    "difference_margin",
    "figures_of",
    "gap_name",
    "mean_margin",
    "points",
    "pooled_sigma",
    "quartiles",
    "quartiles_in_order",
    "respondent_score",
    "share",
    "spread_of",
    "wilson",
]
