"""What the pages of a referral ask."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from cases.records.services import ShareTerms
from foundation.accounts.models import Area, Team
from foundation.base import clock
from foundation.deadlines.limits import due_on
from foundation.vocabulary.models import Term
from foundation.web.forms import (
    ChoiceField,
    DateField,
    Form,
    LongTextField,
    MultipleChoiceField,
    TextField,
    YesNoField,
)
from referrals.models import Referral
from referrals.services import WORDS

OUTDATED = "This page can no longer be used. Copy what you typed and start a new referral."


class ReferralForm(Form):
    """One page about one child."""

    draft_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUTDATED)
    )
    child_name = TextField(
        label="Child's full name",
        max_length=120,
        missing="Enter the child's full name",
        spellcheck=False,
    )
    child_known_as = TextField(
        label="Name they use",
        help_text="If it is different",
        max_length=120,
        required=False,
        spellcheck=False,
    )
    child_born_on = DateField(
        label="Date of birth",
        help_text="For example, 27 3 2011. Leave blank if you do not know it.",
        optional=True,
        latest="today",
    )
    child_school = TextField(label="School or college", max_length=120, required=False)
    concern = LongTextField(
        label="What has happened, and what worries you?",
        help_text="Say what you saw or heard, and what you think. Keep the two apart.",
        max_length=4000,
        rows=8,
        missing="Say what has happened and what worries you",
    )
    happened_on = DateField(
        label="When did it happen?",
        help_text="Leave blank if you do not know, or if it is about a longer time.",
        optional=True,
        latest="today",
    )
    harm_types = MultipleChoiceField(
        label="What kind of harm may it be?",
        help_text="Tick all that may apply. Leave blank if you are not sure.",
        choices=(),
        required=False,
    )
    is_safe_now = YesNoField(
        label="Is the child safe now, as far as you know?",
        may_be_unknown=True,
        missing="Say if the child is safe now",
    )
    others_at_risk = LongTextField(
        label="Which other children may be at risk?",
        help_text="Brothers and sisters, friends, anyone who saw it. Leave blank if you do not know.",
        max_length=2000,
        rows=3,
        required=False,
    )
    child_says = LongTextField(
        label="What does the child say?",
        help_text="In their own words, if you can.",
        max_length=2000,
        rows=3,
        required=False,
    )
    family_told = YesNoField(
        label="Have you told the child or their family that you are sending this?",
        may_be_unknown=True,
        missing="Say if you have told the child or their family",
    )
    told_what = LongTextField(
        label="What did you tell them, or why not?",
        help_text="It is fine not to tell them where that could put someone in danger.",
        max_length=2000,
        rows=3,
        required=False,
    )
    team = ChoiceField(label="You write for", choices=(), missing="Choose the team you write for")
    area = ChoiceField(
        label="Which area does the child live in?",
        help_text="The hub team of this area will read what you send.",
        choices=(),
        missing="Choose the area the child lives in",
    )

    def __init__(self, *args: Any, teams: Sequence[Team], areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.areas = {str(area.pk): area for area in areas}
        choose(self, "team", self.teams)
        choose(self, "area", self.areas, preferred=teams[0].area if teams else None)
        harms = Term.objects.of("harm_type").in_use(also=self.initial.get("harm_types") or ())
        self.fields["harm_types"].choices = harms.choices()  # type: ignore[attr-defined]
        self.fields["harm_types"].choice_hints = harms.hints()  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """Arguments for `services.save_draft`, without the actor."""
        given = self.cleaned_data
        return {
            "draft_id": given["draft_id"],
            "team": self.teams[given["team"]],
            "area": self.areas[given["area"]],
            "words": {name: given[name] for name in WORDS},
        }

    @staticmethod
    def initial_of(referral: Referral) -> dict[str, Any]:
        known = {name: getattr(referral, name) for name in WORDS}
        unknown = {name: "not-known" for name in ("is_safe_now", "family_told") if known[name] is None}
        return {
            **known,
            **unknown,
            "draft_id": referral.pk,
            "team": referral.team_id,
            "area": referral.area_id,
        }


def choose(form: Form, name: str, rows: dict[str, Any], preferred: Any = None) -> None:
    """Offer the rows; where there is but one it is taken without asking."""
    field = form.fields[name]
    field.choices = [(key, str(row)) for key, row in rows.items()]  # type: ignore[attr-defined]
    if len(rows) == 1:
        field.widget = forms.HiddenInput()
        field.initial = next(iter(rows))
    elif preferred is not None:
        field.initial = str(preferred.pk)


class SaidForm(Form):
    """A reason, a question or an answer that the other side will read."""

    said = LongTextField(label="Your words", max_length=4000, rows=6)

    def __init__(self, *args: Any, label: str, missing: str, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["said"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = missing


class AcceptForm(Form):
    """Accept a referral: why, what the case will say first, and with whom it is shared."""

    reason = LongTextField(
        label="What will happen now?",
        help_text="The person who referred reads this. It does not name the teams or the case.",
        max_length=2000,
        rows=4,
        missing="Say what will happen now",
    )
    first_entry = LongTextField(
        label="First entry of the case's chronology",
        help_text="Copied from the referral. Take out what is about other children. Everyone the case is "
        "shared with can read it.",
        max_length=8000,
        rows=10,
        missing="Say what the chronology should begin with",
    )
    teams = MultipleChoiceField(
        label="Which teams need to work with this child?",
        help_text="Your hub team always has the case. Tick only the teams with a part to play.",
        choices=(),
        missing="Tick at least one team",
    )
    purpose = LongTextField(
        label="What is the sharing for?",
        help_text="For example: to plan together so that the way to school is safe.",
        max_length=500,
        rows=3,
        missing="Say what the sharing is for",
    )
    necessity = LongTextField(
        label="Why do these teams need it?",
        help_text="For example: they visit the family, or teach the child.",
        max_length=1000,
        rows=3,
        missing="Say why these teams need it",
    )
    lawful_basis = ChoiceField(
        label="Lawful basis for sharing",
        help_text="Check local policy if you are not sure.",
        choices=lambda: Term.objects.of("lawful_basis").in_use().choices(),
        missing="Choose the lawful basis",
    )
    family_told = YesNoField(
        label="Has the child or family been told about the sharing?",
        missing="Say if the child or family was told",
    )
    not_told_because = LongTextField(label="If not, why not?", max_length=1000, rows=3, required=False)
    until = DateField(
        label="Share until",
        help_text="Each share ends on this day unless it is renewed.",
        missing="Enter the day the sharing ends",
    )

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(team.pk): team for team in teams}
        self.fields["lawful_basis"].choice_hints = Term.objects.of("lawful_basis").hints()  # type: ignore[attr-defined]
        self.fields["teams"].choices = [(key, str(team)) for key, team in self.offered.items()]  # type: ignore[attr-defined]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        latest = due_on("share", clock.today())
        if until <= clock.today():
            raise forms.ValidationError("“Share until” must be after today")
        if until > latest:
            raise forms.ValidationError(f"“Share until” must be {latest:%-d %B %Y} or before")
        return until

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("family_told") is False and not given.get("not_told_because"):
            self.add_error("not_told_because", "Say why the child or family was not told")
        return given

    def shares(self) -> list[ShareTerms]:
        given = self.cleaned_data
        return [
            ShareTerms(
                team=self.offered[key],
                purpose=given["purpose"],
                necessity=given["necessity"],
                lawful_basis=given["lawful_basis"],
                family_told=given["family_told"],
                not_told_because=given["not_told_because"],
                expires_at=clock.end_of(given["until"]),
            )
            for key in given["teams"]
        ]


def fresh_draft_id() -> uuid.UUID:
    """Chosen when the page is drawn: the same page sent twice is the same draft."""
    return uuid.uuid4()
