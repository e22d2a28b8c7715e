"""What the page for a new entry asks."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from cases.chronology.models import Tone
from foundation.accounts.models import Team
from foundation.web.forms import ChoiceField, DateField, Form, LongTextField, TextField, YesNoField

OUTDATED = "This page can no longer be used. Copy what you typed and open the case again."


class EntryForm(Form):
    entry_id = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUTDATED)
    )
    title = TextField(
        label="Heading, in a few words", max_length=120, missing="Enter a heading of a few words"
    )
    text = LongTextField(
        label="What happened",
        help_text="Say what you saw or heard, and what you think. Keep the two apart. "
        "Write so the child could read it.",
        max_length=10_000,
        rows=8,
        missing="Say what happened",
    )
    happened_on = DateField(label="When did it happen?", latest="today", missing="Enter the day it happened")
    tone = ChoiceField(
        label="Is it a worry or a strength?",
        choices=Tone.choices,
        choice_hints={Tone.STRENGTH: "Something that keeps the child safe or is going well"},
        missing="Say if it is a worry, a strength or neither",
    )
    is_significant = YesNoField(
        label="Is it a turning point for the child?", missing="Say if it is a turning point"
    )
    team = ChoiceField(label="You write for", choices=(), missing="Choose the team you write for")

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["team"].choices = [(key, str(team)) for key, team in self.teams.items()]  # type: ignore[attr-defined]
        if len(self.teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.fields["team"].initial = next(iter(self.teams))

    def answers(self) -> dict[str, Any]:
        """Arguments for `services.add_entry`, without case and actor."""
        return {**self.cleaned_data, "team": self.teams[self.cleaned_data["team"]]}


def fresh_entry_id() -> uuid.UUID:
    """Chosen when the page is drawn: the same page sent twice records one entry."""
    return uuid.uuid4()
