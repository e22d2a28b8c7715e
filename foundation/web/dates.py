"""A date typed as day, month and year."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from foundation.base import clock
from foundation.web.words import as_sentence_part

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = range(1900, 2101)


class DateInput(forms.Widget):
    """Three boxes, drawn by web/field.html. What was typed is kept whether or not it is a date."""

    kind = "date"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}_{part}", "")) for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in PARTS)


def as_parts(value: Any) -> dict[str, str]:
    """What stands in the three boxes for a date, for something typed, or for nothing."""
    if isinstance(value, date):
        return {part: str(getattr(value, part)) for part in PARTS}
    typed = value if isinstance(value, Mapping) else {}
    return {part: str(typed.get(part, "")) for part in PARTS}


class WrongDate(ValidationError):
    """An error that knows which of the three boxes it is about."""

    def __init__(self, sentence: str, parts: Iterable[str]) -> None:
        super().__init__(sentence, code="invalid")
        self.parts = list(parts)


class DateField(forms.Field):
    """A day of the calendar, or None where it is `optional` and left blank.

    `latest="today"` refuses the future, `earliest="today"` the past; either may be a date.
    """

    widget = DateInput

    def __init__(
        self,
        *,
        label: str,
        missing: str | None = None,
        optional: bool = False,
        earliest: date | str | None = None,
        latest: date | str | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("required", not optional)
        kwargs.setdefault("error_messages", {"required": missing or f"Enter {as_sentence_part(label)}"})
        super().__init__(label=label, **kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        typed = {part: text.strip() for part, text in as_parts(value).items()}
        blank = [part for part in PARTS if not typed[part]]
        if len(blank) == len(PARTS):
            return None
        if blank:
            raise self.wrong(f"must include a {' and a '.join(blank)}", blank)
        day, month, year = number(typed["day"]), month_number(typed["month"]), number(typed["year"])
        if len(typed["year"]) != 4 or year is None:
            raise self.wrong("must have a year of 4 numbers, such as 2012", ["year"])
        if year not in YEARS:
            raise self.wrong(f"must have a year from {YEARS[0]} to {YEARS[-1]}", ["year"])
        if month not in range(1, 13):
            raise self.wrong("must have a month from 1 to 12", ["month"])
        try:
            return date(year, month or 0, day or 0)
        except ValueError:
            raise self.wrong("must be a real date", ["day"]) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = as_day(self.earliest), as_day(self.latest)
        if latest and value > latest:
            told = "today or in the past" if self.latest == "today" else f"{spoken(latest)} or before"
            raise self.wrong(f"must be {told}", PARTS)
        if earliest and value < earliest:
            told = "today or in the future" if self.earliest == "today" else f"{spoken(earliest)} or after"
            raise self.wrong(f"must be {told}", PARTS)

    def wrong(self, rule: str, parts: Iterable[str]) -> WrongDate:
        return WrongDate(f"“{self.label}” {rule}", parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return as_parts(initial) != as_parts(data)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def month_number(text: str) -> int | None:
    """3, 03, Mar and March are all the third month."""
    letters = text.lower()[:3]
    return MONTHS.index(letters) + 1 if letters in MONTHS else number(text)


def as_day(limit: date | str | None) -> date | None:
    if limit == "today":
        return clock.today()
    assert limit is None or isinstance(limit, date), "a limit is a date or the word today"
    return limit


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
