"""What each field takes, and the sentence for each thing it does not take."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from foundation.base import clock
from foundation.web.forms import DateField, Form, TextField
from tests.web.sample_forms import GOOD, SampleForm


@pytest.fixture(autouse=True)
def on_20_november() -> Any:
    with clock.set_to(datetime(2026, 11, 20, 9, 0, tzinfo=UTC)):
        yield


def sent(**changed: Any) -> SampleForm:
    given = {**GOOD, **changed}
    lists = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return SampleForm(MultiValueDict(lists))


def day(name: str, typed: str) -> dict[str, str]:
    return dict(zip([f"{name}_day", f"{name}_month", f"{name}_year"], typed.split("/"), strict=True))


BAD = [
    ("name", {"name": ""}, "Enter the child's name"),
    ("name", {"name": "   "}, "Enter the child's name"),
    ("name", {"name": "x" * 21}, "“Child's name” must be 20 characters or fewer. Take out 1 character."),
    ("name", {"name": "x" * 32}, "“Child's name” must be 20 characters or fewer. Take out 12 characters."),
    ("name", {"name": "Kit\0"}, "“Child's name” has a hidden character that cannot be kept"),
    ("name", {"name": "Kit\u202egnp"}, "“Child's name” has a hidden character that cannot be kept"),
    ("name", {"name": "Kit\x07s"}, "“Child's name” has a hidden character that cannot be kept"),
    ("name", {"name": "Kit \ud83d"}, "“Child's name” has a hidden character that cannot be kept"),
    ("words", {"words": ""}, "Enter what you saw"),
    ("words", {"words": "x" * 1061}, "“What you saw” must be 60 characters or fewer. Take out 1,001"),
    ("words", {"words": "one\0two"}, "“What you saw” has a hidden character that cannot be kept"),
    ("words", {"words": "a\u2066b"}, "“What you saw” has a hidden character that cannot be kept"),
    ("seen", day("seen", "//"), "Enter day you saw it"),
    ("seen", day("seen", "3/4/"), "“Day you saw it” must include a year"),
    ("seen", day("seen", "/4/"), "“Day you saw it” must include a day and a year"),
    ("seen", day("seen", "31/2/2026"), "“Day you saw it” must be a real date"),
    ("seen", day("seen", "0/2/2026"), "“Day you saw it” must be a real date"),
    ("seen", day("seen", "x/2/2026"), "“Day you saw it” must be a real date"),
    ("seen", day("seen", "3/13/2026"), "“Day you saw it” must have a month from 1 to 12"),
    ("seen", day("seen", "3/smarch/2026"), "“Day you saw it” must have a month from 1 to 12"),
    ("seen", day("seen", "3/4/26"), "“Day you saw it” must have a year of 4 numbers, such as 2012"),
    (
        "seen",
        day("seen", "3/4/\uff12\uff10\uff12\uff16"),
        "“Day you saw it” must have a year of 4 numbers, such as 2012",
    ),
    ("seen", day("seen", "3/4/1899"), "“Day you saw it” must have a year from 1900 to 2100"),
    ("seen", day("seen", "3/4/0000"), "“Day you saw it” must have a year from 1900 to 2100"),
    ("seen", day("seen", "21/11/2026"), "“Day you saw it” must be today or in the past"),
    ("seen", day("seen", "1\0/4/2026"), "“Day you saw it” must be a real date"),
    ("about", {"about": ""}, "Select an answer to “Who is it about?”"),
    ("about", {"about": "ghost"}, "Select an answer to “Who is it about?”"),
    ("worries", {"worries": []}, "Select worries"),
    ("worries", {"worries": ["a", "\0"]}, "Select worries"),
    ("told", {"told": ""}, "Select yes or no: does the family know?"),
    ("told", {"told": "perhaps"}, "Select yes or no: does the family know?"),
    ("team", {"team": ""}, "Select team"),
    ("team", {"team": "3"}, "Select team"),
]


@pytest.mark.parametrize(("name", "changed", "sentence"), BAD)
def test_bad_input_is_refused_with_a_sentence(name: str, changed: dict[str, Any], sentence: str) -> None:
    form = sent(**changed)
    assert not form.is_valid()
    assert list(form.errors) == [name]
    assert str(form.errors[name][0]).startswith(sentence)


@pytest.mark.parametrize(("name", "changed", "sentence"), BAD)
def test_a_refused_form_can_still_be_drawn(name: str, changed: dict[str, Any], sentence: str) -> None:
    drawn = "".join(str(field.as_field_group()) for field in sent(**changed))
    assert "govuk-error-message" in drawn


def test_good_input_is_kept_as_it_was_meant() -> None:
    form = sent(name=" Kit \t Marlowe ", words="Cafe\u0301\r\nnight ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Kit Marlowe",
        "nickname": "",
        "born": None,
        "seen": date(2026, 4, 3),
        "about": "child",
        "worries": ["a", "b"],
        "told": None,
        "team": "2",
        "words": "Caf\u00e9\nnight",
    }


@pytest.mark.parametrize("month", ["4", "04", "Apr", "april"])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert sent(seen_month=month).is_valid()


@pytest.mark.parametrize(("answer", "kept"), [("yes", True), ("no", False), ("not-known", None)])
def test_yes_no_and_not_known_are_three_answers(answer: str, kept: bool | None) -> None:
    form = sent(told=answer)
    assert form.is_valid()
    assert form.cleaned_data["told"] is kept


def test_today_is_not_the_future() -> None:
    assert sent(**day("seen", "20/11/2026")).is_valid()


def test_a_date_may_be_bounded_from_below() -> None:
    class Planned(Form):
        on = DateField(label="Review date", earliest="today", latest=date(2027, 1, 31))

    assert Planned(day("on", "20/11/2026")).is_valid()
    early, late = Planned(day("on", "19/11/2026")), Planned(day("on", "1/2/2027"))
    assert early.errors["on"] == ["“Review date” must be today or in the future"]
    assert late.errors["on"] == ["“Review date” must be 31 January 2027 or before"]


def test_a_per_cent_sign_in_a_label_is_only_a_sign() -> None:
    class Share(Form):
        part = TextField(label="How much, in %s", max_length=3)

    assert "Take out 2" in str(Share({"part": "12345"}).errors["part"])


def test_a_date_knows_whether_it_was_changed() -> None:
    class Born(Form):
        born = DateField(label="Date of birth", optional=True)

    initial = {"born": date(2010, 3, 27)}
    assert not Born(day("born", "27/3/2010"), initial=initial).has_changed()
    assert Born(day("born", "28/3/2010"), initial=initial).has_changed()
