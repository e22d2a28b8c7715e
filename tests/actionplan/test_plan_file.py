"""Reading a file: what is taken, and one clear sentence for everything that cannot be."""

from datetime import date
from pathlib import Path

import pytest

from actionplan.models import Rating
from actionplan.plan_file import LARGEST, PlanFileRefused, read_plan_file
from actionplan.services import PlanRow
from tests.actionplan.plans import HEADING, write_csv


def refusals(path: Path) -> list[str]:
    with pytest.raises(PlanFileRefused) as refused:
        read_plan_file(path)
    return refused.value.sentences


def test_a_full_row_and_a_bare_one(tmp_path: Path) -> None:
    file = write_csv(
        tmp_path,
        'Boats,1,"Paint, twice",Harbour office,2027-03-31,"Begun\r\nin May",Amber',
        ",2,Mend the nets,,,,",
    )

    assert read_plan_file(file).rows == [
        PlanRow(
            number=1,
            text="Paint, twice",
            theme="Boats",
            lead="Harbour office",
            by_when=date(2027, 3, 31),
            progress="Begun\nin May",
            rating=Rating.AT_RISK,
        ),
        PlanRow(number=2, text="Mend the nets"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_line_end_with_a_byte_order_mark_or_without(tmp_path: Path, line_end: str, mark: bytes) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(mark + line_end.join([HEADING, ",1,Café quay,,,,", "", ",,,,,,"]).encode())

    assert read_plan_file(file).rows == [PlanRow(number=1, text="Café quay")]


def test_columns_in_another_order_other_capitals_and_one_more(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "rag status,TEXT,Proposal,By  when,Theme,Progress,Lead officer/agency,Notes\nRed,Paint,1,,,,,x\n"
    )

    found = read_plan_file(file)

    assert found.rows == [PlanRow(number=1, text="Paint", rating=Rating.OFF_TRACK)]
    assert found.columns_not_read == ["Notes"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("31/03/2027", date(2027, 3, 31)),
        (" 1/4/2027 ", date(2027, 4, 1)),
        ("", None),
    ],
)
def test_dates_that_are_read(tmp_path: Path, typed: str, day: date | None) -> None:
    assert read_plan_file(write_csv(tmp_path, f",1,Paint,,{typed},,")).rows[0].by_when == day


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("Green", Rating.ON_TRACK),
        ("BLUE", Rating.COMPLETE),
        ("off  track", Rating.OFF_TRACK),
        ("not rated", Rating.NOT_RATED),
        ("", None),
    ],
)
def test_ratings_that_are_read(tmp_path: Path, typed: str, rating: Rating | None) -> None:
    assert read_plan_file(write_csv(tmp_path, f",1,Paint,,,,{typed}")).rows[0].rating == rating


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",0,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",-1,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",1.0,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",10000,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",٣,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",²,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",one,Paint,,,,", "Line 2: Proposal must be a whole number from 1 to 9999."),
        (",1,  ,,,,", "Line 2: Text is empty."),
        (",1,Paint,,31/02/2027,,", "Line 2: By when is not a date such as 31/03/2027 or 2027-03-31."),
        (",1,Paint,,03/31/2027,,", "Line 2: By when is not a date such as 31/03/2027 or 2027-03-31."),
        (",1,Paint,,next spring,,", "Line 2: By when is not a date such as 31/03/2027 or 2027-03-31."),
        (",1,Paint,,0027-03-31,,", "Line 2: By when is not a date such as 31/03/2027 or 2027-03-31."),
        (",1,Paint,,,,Purple", "Line 2: RAG Status must be Red, Amber, Green, Blue or Not rated, or empty."),
        (
            f",1,{'x' * 4001},,,,",
            "Line 2: Text is 1 characters too long (the most is 4,000).",
        ),
        (f"{'x' * 170},1,Paint,,,,", "Line 2: Theme is 10 characters too long (the most is 160)."),
        (
            f",1,Paint,{'x' * 300},,,",
            "Line 2: Lead officer/agency is 100 characters too long (the most is 200).",
        ),
        (f",1,Paint,,,{'x' * 4002},", "Line 2: Progress is 2 characters too long (the most is 4,000)."),
        (",1,Pa\x07int,,,,", "Line 2: Text has a hidden character that cannot be kept."),
        (",1,Pa\u202eint,,,,", "Line 2: Text has a hidden character that cannot be kept."),
        ("Bo\x01ats,1,Paint,,,,", "Line 2: Theme has a hidden character that cannot be kept."),
        (
            ",1,Paint,TBC,,,",
            "Line 2: Lead officer/agency names nobody: leave it empty until there is a lead.",
        ),
        (",1,Paint,,,", "Line 2: it has 6 cells where the first line has 7."),
        (",1,Paint,,,,,", "Line 2: it has 8 cells where the first line has 7."),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_reason(tmp_path: Path, row: str, sentence: str) -> None:
    assert refusals(write_csv(tmp_path, row)) == [sentence]


def test_every_bad_row_is_named_and_every_fault_of_it(tmp_path: Path) -> None:
    file = write_csv(
        tmp_path,
        ',1,"Paint\nover\ntwo lines",,,,',
        ",x,,,soon,,Pink",
        ",1,Again,,,,",
        ",2,Fine,,,,",
        ",0,Nought,,,,",
    )

    assert refusals(file) == [
        (
            "Line 5: Proposal must be a whole number from 1 to 9999; Text is empty; "
            "By when is not a date such as 31/03/2027 or 2027-03-31; "
            "RAG Status must be Red, Amber, Green, Blue or Not rated, or empty."
        ),
        "Line 6: proposal 1 is already on line 2.",
        "Line 8: Proposal must be a whole number from 1 to 9999.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "The file is empty."),
        (HEADING.encode(), "The file has headings and no proposals."),
        (
            b"Theme,Proposal,Text\n",
            (
                f"The first line must name the columns {HEADING.replace(',', ', ')}. "
                "Missing: Lead officer/agency, By when, Progress, RAG Status."
            ),
        ),
        (f"{HEADING},Text\n".encode(), "The first line names a column twice: Text."),
        (
            f"{HEADING}\n,1,Caf\xe9,,,,\n".encode("cp1252"),
            "Line 2 is not UTF-8 text. Save the file as “CSV UTF-8”.",
        ),
        (
            f"{HEADING}\n,1,Paint,,,,\n".encode("utf-16"),
            "The file is saved as UTF-16. Save it as “CSV UTF-8”.",
        ),
        (
            f"{HEADING}\n,1,Pa\0int,,,,\n".encode(),
            "Line 2 has a NUL character, so this is not a CSV file that can be read.",
        ),
        (
            f'{HEADING}\n,1,Paint,,,,\n,2,"Mend,,,,\n'.encode(),
            "Line 3 is not a row of a CSV file. Look for a quotation mark that is not closed.",
        ),
        (
            b"PK\x03\x04 a workbook",
            "This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
        ),
        (b"%PDF-1.7", "This is a PDF, not a CSV file."),
        (b"x" * (LARGEST + 1), "The file is too large: the most is 1,000,000 bytes."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(content)

    assert refusals(file) == [sentence]


def test_no_file_and_no_ordinary_file(tmp_path: Path) -> None:
    assert refusals(tmp_path / "none.csv") == [f"There is no file “{tmp_path / 'none.csv'}”."]
    assert refusals(tmp_path) == [f"There is no file “{tmp_path}”."]


def test_a_file_that_the_system_will_not_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_csv(tmp_path, ",1,Paint,,,,")

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)

    assert refusals(file) == [f"The file “{file}” cannot be read."]
