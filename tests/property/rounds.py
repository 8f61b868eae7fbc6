"""Rounds for property tests: few kinds of answers, so that groups are often small, alike or silent."""

from hypothesis import strategies as st

from app.responses import AnsweredHow, Help, Response, Support, Supporter
from app.standards import Audience
from app.surveys import Edition
from tests.factories import make_response, make_standards, make_survey

STANDARDS = make_standards(weights={"S02.a": 3, "S03.b": 2})
SURVEY = make_survey(STANDARDS, may_be_not_applicable={"S01.b", "S01.c", "S03.c"})
OPTIONS = ["yes", "sometimes", "no", "dont_know", "prefer_not", "not_applicable", None]

answer_patterns = st.tuples(*(st.sampled_from(OPTIONS) for _ in SURVEY.questions)).map(
    lambda options: {
        question.id: option for question, option in zip(SURVEY.questions, options, strict=True) if option is not None
    }
)

supports = st.none() | st.builds(
    Support,
    st.frozensets(st.sampled_from([Supporter.PAID_STAFF, Supporter.PAID_STAFF, Supporter.FAMILY]), max_size=2),
    st.frozensets(st.sampled_from([Help.READ, Help.EXPLAINED]), max_size=2),
)


@st.composite
def rounds(draw: st.DrawFn, *, most: int = 30) -> list[Response]:
    """Make the responses of a round with at most one response of the provider."""
    patterns = draw(st.lists(answer_patterns, min_size=1, max_size=4))
    audiences = st.sampled_from([Audience.PERSON, Audience.PERSON, Audience.FAMILY])
    responses = draw(
        st.lists(
            st.builds(
                make_response,
                st.sampled_from(patterns),
                audiences,
                edition=st.sampled_from(Edition),
                answered_how=st.sampled_from([*AnsweredHow, None]),
                support=supports,
            ),
            max_size=most,
        )
    )
    provider = draw(st.none() | st.sampled_from(patterns))
    return responses if provider is None else [*responses, make_response(provider, Audience.PROVIDER)]
