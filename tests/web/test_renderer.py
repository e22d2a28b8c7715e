"""The markup of every kind of field: labels, hints, errors, and what a screen reader is told."""

import re

import pytest
from django import forms

from foundation.web.forms import Form, MultipleChoiceField
from tests.web.sample_forms import GOOD, SampleForm


def drawn(name: str, form: forms.Form) -> str:
    return re.sub(r"\s+", " ", str(form[name].as_field_group()))


def test_a_text_field_has_a_label_and_its_hint_belongs_to_it() -> None:
    html = drawn("nickname", SampleForm())
    assert '<label class="govuk-label govuk-label--s" for="id_nickname">' in html
    assert '<div class="govuk-hint" id="id_nickname_helptext">If it is another one</div>' in html
    assert 'aria-describedby="id_nickname_helptext"' in html
    assert "(optional)" in html
    assert "required" not in html
    assert "maxlength" not in html


def test_an_error_is_named_at_its_input_and_in_the_summary() -> None:
    form = SampleForm({"nickname": "x" * 201})
    html = drawn("nickname", form)
    assert "govuk-form-group--error" in html
    assert "govuk-input--error" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_nickname_helptext id_nickname_error"' in html
    assert '<span class="govuk-visually-hidden">Error:</span>' in html
    assert "x" * 201 in html


def test_every_error_leads_to_an_input_that_is_there() -> None:
    form = SampleForm({"born_day": "31", "born_month": "2", "born_year": "2010"})
    page = "".join(str(field.as_field_group()) for field in form)
    targets = [item.target for item in form.error_items()]
    expected = "id_name id_born_day id_seen_day id_about_0 id_worries_0 id_told_0 id_team id_words"
    assert targets == expected.split()
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*id="{target}"', page), target


def test_an_error_that_is_about_the_whole_form_has_no_target() -> None:
    class Pair(Form):
        def clean(self) -> None:
            raise forms.ValidationError("These two do not go together")

    (item,) = Pair({}).error_items()
    assert (item.target, item.text) == ("", "These two do not go together")


def test_a_date_marks_only_the_part_that_is_wrong() -> None:
    form = SampleForm({**GOOD, "seen_month": "13"})
    html = drawn("seen", form)
    assert form.error_items()[0].target == "id_seen_month"
    assert html.count("govuk-input--error") == 1
    assert 'value="13"' in html
    assert '<fieldset class="govuk-fieldset" role="group" aria-describedby="id_seen_error">' in html


def test_radio_buttons_stand_in_a_fieldset_with_hints_of_their_own() -> None:
    html = drawn("about", SampleForm({"about": "place"}))
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Who is it about?' in html
    assert re.search(r'id="id_about_1" name="about" type="radio" value="place" checked', html)
    assert 'aria-describedby="id_about_1_helptext"' in html
    assert 'id="id_about_1_helptext">Such as a park' in html


def test_tick_boxes_keep_what_was_ticked() -> None:
    class Worries(Form):
        worries = MultipleChoiceField(label="Worries", choices=[("a", "Missing"), ("b", "Weapon")])

    html = drawn("worries", Worries({"worries": "b"}))
    assert re.search(r'type="checkbox" value="b" checked', html)
    assert not re.search(r'value="a" checked', html)


def test_a_long_text_says_how_much_it_takes() -> None:
    html = drawn("words", SampleForm())
    assert "You can enter up to 60 characters" in html
    assert 'aria-describedby="id_words-info"' in html
    assert 'data-maxlength="60"' in html


def test_a_select_begins_with_no_choice_made() -> None:
    assert '<option value="" selected>Choose one</option>' in drawn("team", SampleForm())


@pytest.mark.parametrize("name", ["password", "agree", "secret"])
def test_forms_of_other_makers_are_drawn_the_same_way(name: str) -> None:
    class Foreign(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "Password"}))
        agree = forms.BooleanField(label="I have read it")
        secret = forms.CharField(widget=forms.HiddenInput)

    html = drawn(name, Foreign({"password": "once typed"}))
    assert "placeholder" not in html
    assert "once typed" not in html
    assert "id_" + name in html


def test_words_are_escaped_wherever_they_are_drawn() -> None:
    form = SampleForm(
        {**GOOD, "name": "<script>alert(1)</script>", "seen_day": '"><b>', "words": "</textarea><i>"}
    )
    page = "".join(str(field.as_field_group()) for field in form)
    assert "<script" not in page
    assert "<b>" not in page
    assert "<i>" not in page
