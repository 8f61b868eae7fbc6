from dataclasses import replace

import pytest

from app.responses import ProviderView
from app.standards import Audience
from tests.factories import make_round


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("view", ProviderView)
def test_only_the_provider_of_an_agreed_round_gives_one_view(audience: Audience, view: ProviderView):
    of = replace(make_round(), provider_view=view)

    assert of.is_agreed(audience) is (audience is Audience.PROVIDER and view is ProviderView.AGREED)
