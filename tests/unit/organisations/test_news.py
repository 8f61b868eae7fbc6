from app.organisations import Role
from app.organisations.news import ALWAYS, News, news_for


def test_everybody_is_written_to_about_what_their_roles_let_them_see_or_do():
    assert news_for([Role.LEAD]) == (News.LAST_DAY, News.RESULTS, News.TEAM)
    assert news_for([Role.MEMBER]) == (News.RESULTS,)
    assert news_for([Role.CHECKER, Role.SAFEGUARDING]) == (News.VISIT, News.WORRY)
    assert news_for([Role.AUDITOR]) == news_for([]) == ()


def test_only_letters_about_worries_cannot_be_switched_off():
    assert set(ALWAYS) == {News.WORRY}
