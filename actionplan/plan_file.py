"""Read an action plan from a CSV file with the strategy's own columns. Nothing is written here."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from actionplan.models import Proposal, Rating, Theme
from actionplan.policies import NAMES_NOBODY
from actionplan.services import PlanRow
from foundation.web.words import cleaned_line, cleaned_text

COLUMNS = ("Theme", "Proposal", "Text", "Lead officer/agency", "By when", "Progress", "RAG Status")
LARGEST = 1_000_000  # bytes; the strategy's own file is 5,000
HIGHEST_NUMBER = 9999
YEARS = range(1900, 2101)
DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
RATINGS = {
    "red": Rating.OFF_TRACK,
    "amber": Rating.AT_RISK,
    "green": Rating.ON_TRACK,
    "blue": Rating.COMPLETE,
} | {rating.label.lower(): rating for rating in Rating}
OTHER_FILES = {
    b"PK": "This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
    b"\xd0\xcf\x11\xe0": "This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
    b"%PDF": "This is a PDF, not a CSV file.",
    b"\xff\xfe": "The file is saved as UTF-16. Save it as “CSV UTF-8”.",
    b"\xfe\xff": "The file is saved as UTF-16. Save it as “CSV UTF-8”.",
}


class PlanFileRefused(Exception):
    """Why nothing of the file was taken: a sentence, or one for each bad row."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = list(sentences)


@dataclass(frozen=True)
class PlanFile:
    rows: list[PlanRow]
    columns_not_read: list[str]


class Wrong(Exception):
    """What is wrong with one cell."""


def read_plan_file(path: Path) -> PlanFile:
    """Every row of the file. Raises PlanFileRefused where one of them, or the file itself, cannot be read."""
    text = text_of(path)
    if not text.strip():
        raise PlanFileRefused("The file is empty.")
    lines = list(records(text))
    heading = headings(lines[0][1])
    rows, faults, seen = [], [], dict[int, int]()
    for line, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row, wrong = read_row(heading, cells)
        if row and row.number in seen:
            wrong = [f"proposal {row.number} is already on line {seen[row.number]}"]
        if wrong:
            faults.append(f"Line {line}: {'; '.join(wrong)}.")
        if row:
            seen.setdefault(row.number, line)
            rows.append(row)
    if faults:
        raise PlanFileRefused(*faults)
    if not rows:
        raise PlanFileRefused("The file has headings and no proposals.")
    return PlanFile(rows, [name for name in heading if name and name not in COLUMNS])


def text_of(path: Path) -> str:
    try:
        if not path.is_file():
            raise PlanFileRefused(f"There is no file “{path}”.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise PlanFileRefused(f"The file “{path}” cannot be read.") from None
    if len(content) > LARGEST:
        raise PlanFileRefused(f"The file is too large: the most is {LARGEST:,} bytes.")
    for beginning, sentence in OTHER_FILES.items():
        if content.startswith(beginning):
            raise PlanFileRefused(sentence)
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise PlanFileRefused(f"Line {line} has a NUL character, so this is not a CSV file that can be read.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PlanFileRefused(f"Line {line} is not UTF-8 text. Save the file as “CSV UTF-8”.") from None


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line it begins on. A quoted cell may run over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        sentence = f"Line {begins} is not a row of a CSV file. Look for a quotation mark that is not closed."
        raise PlanFileRefused(sentence) from None


def headings(cells: list[str]) -> list[str]:
    """The columns in the order of the file, ours under our own spelling."""
    spelling = {name.casefold(): name for name in COLUMNS}
    found = [" ".join(cell.split()) for cell in cells]
    found = [spelling.get(name.casefold(), name) for name in found]
    if missing := [name for name in COLUMNS if name not in found]:
        raise PlanFileRefused(
            f"The first line must name the columns {', '.join(COLUMNS)}. Missing: {', '.join(missing)}."
        )
    if twice := [name for name in COLUMNS if found.count(name) > 1]:
        raise PlanFileRefused(f"The first line names a column twice: {', '.join(twice)}.")
    return found


def read_row(heading: list[str], cells: list[str]) -> tuple[PlanRow | None, list[str]]:
    """The row, or None with everything that is wrong with it."""
    if len(cells) != len(heading):
        return None, [f"it has {len(cells)} cells where the first line has {len(heading)}"]
    said = dict(zip(heading, cells, strict=True))
    values: dict[str, Any] = {}
    wrong = []
    for name, (column, read) in READERS.items():
        try:
            values[name] = read(column, said[column])
        except Wrong as fault:
            wrong.append(str(fault))
    return (None, wrong) if wrong else (PlanRow(**values), [])


def words(column: str, cell: str, *, most: int, cleaned: Callable[..., str] = cleaned_line) -> str:
    try:
        text = cleaned(cell, what=column).strip()
    except ValidationError:
        raise Wrong(f"{column} has a hidden character that cannot be kept") from None
    if len(text) > most:
        raise Wrong(f"{column} is {len(text) - most:,} characters too long (the most is {most:,})")
    return text


def number(column: str, cell: str) -> int:
    digits = cell.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4 and int(digits) >= 1):
        raise Wrong(f"{column} must be a whole number from 1 to {HIGHEST_NUMBER}")
    return int(digits)


def proposal_text(column: str, cell: str) -> str:
    text = words(column, cell, most=longest(Proposal, "text"), cleaned=cleaned_text)
    if not text:
        raise Wrong(f"{column} is empty")
    return text


def lead(column: str, cell: str) -> str:
    name = words(column, cell, most=longest(Proposal, "lead"))
    if name.casefold() in NAMES_NOBODY:
        raise Wrong(f"{column} names nobody: leave it empty until there is a lead")
    return name


def day(column: str, cell: str) -> date | None:
    typed = cell.strip()
    if not typed:
        return None
    for pattern in DATES:
        if found := pattern.fullmatch(typed):
            year, month, day_of_month = int(found["year"]), int(found["month"]), int(found["day"])
            try:
                if year in YEARS:
                    return date(year, month, day_of_month)
            except ValueError:
                break
    raise Wrong(f"{column} is not a date such as 31/03/2027 or 2027-03-31")


def rating(column: str, cell: str) -> Rating | None:
    word = " ".join(cell.split()).casefold()
    if word and word not in RATINGS:
        raise Wrong(f"{column} must be Red, Amber, Green, Blue or Not rated, or empty")
    return RATINGS.get(word)


def longest(model: type[Proposal] | type[Theme], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length"))  # noqa: B009 - the stubs do not know it


READERS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "number": ("Proposal", number),
    "text": ("Text", proposal_text),
    "theme": ("Theme", lambda column, cell: words(column, cell, most=longest(Theme, "title"))),
    "lead": ("Lead officer/agency", lead),
    "by_when": ("By when", day),
    "progress": (
        "Progress",
        lambda column, cell: words(column, cell, most=longest(Proposal, "progress"), cleaned=cleaned_text),
    ),
    "rating": ("RAG Status", rating),
}
