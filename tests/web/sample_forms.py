"""One form with every kind of field, for the tests of this folder."""

from foundation.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    MultipleChoiceField,
    TextField,
    YesNoField,
)


class SampleForm(Form):
    name = TextField(label="Child's name", missing="Enter the child's name", max_length=20)
    nickname = TextField(label="Name they use", required=False, help_text="If it is another one")
    born = DateField(label="Date of birth", latest="today", optional=True, help_text="For example, 27 3 2010")
    seen = DateField(label="Day you saw it", latest="today")
    about = ChoiceField(
        label="Who is it about?",
        choices=[("child", "A child"), ("place", "A place")],
        choice_hints={"place": "Such as a park"},
    )
    worries = MultipleChoiceField(label="Worries", choices=[("a", "Missing"), ("b", "Weapon")])
    told = YesNoField(label="Does the family know?", may_be_unknown=True)
    team = ChoiceField(label="Team", choices=[("1", "East"), ("2", "West")], as_select=True)
    words = LongTextField(label="What you saw", max_length=60)


GOOD = {
    "name": "Kit Marlowe",
    "seen_day": "3",
    "seen_month": "4",
    "seen_year": "2026",
    "about": "child",
    "worries": ["a", "b"],
    "told": "not-known",
    "team": "2",
    "words": "One line.\r\nAnother.",
}
