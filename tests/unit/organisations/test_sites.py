from app.organisations import asked_about


def test_a_round_is_about_a_site_of_its_provider_or_about_the_provider_alone():
    assert asked_about("Alder Support", "Maple House") == "Maple House, of Alder Support"
    assert asked_about("Alder Support", None) == "Alder Support"
