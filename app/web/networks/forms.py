"""What a network's coordinator posts: the same questions as a provider's lead, once for every member."""

from app.web.rounds.forms import LENGTHS, SurveyForm, UnderstoodForm

__all__ = ["LENGTHS", "SurveyForm", "UnderstoodForm"]
