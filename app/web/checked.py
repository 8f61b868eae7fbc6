"""Fields of forms that hold what a rule of the core lets pass."""

from collections.abc import Callable

from flask_babel import LazyString
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from app.errors import Invalid


class Checked:
    """The field holds what a rule of the core lets pass. says: what is said otherwise, instead of the rule's words."""

    def __init__(self, rule: Callable[[str], object], says: str | LazyString = "") -> None:
        self.rule, self.says = rule, says

    def __call__(self, _form: BaseForm, field: Field) -> None:
        try:
            self.rule(field.data or "")
        except Invalid as error:
            raise StopValidation(self.says or error.message) from None
