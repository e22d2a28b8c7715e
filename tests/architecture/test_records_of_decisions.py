"""Decisions have numbers of their own and say what holds them."""

from pathlib import Path

import pytest

from tests.architecture.source import ROOT

DECISIONS = ROOT / "docs" / "adr"


def faults(folder: Path) -> list[str]:
    """Numbers used twice, names without a number, pages whose last line does not say what enforces them."""
    found, numbers = [], {}  # type: ignore[var-annotated]
    for page in sorted(folder.glob("*.md")):
        number, dash, words = page.stem.partition("-")
        if not (number.isdigit() and len(number) == 4 and dash and words):
            found.append(f"{page.name} has no number of four digits and a name")
        if number in numbers:
            found.append(f"{page.name} has the number of {numbers[number]}")
        numbers.setdefault(number, page.name)
        lines = page.read_text().strip().splitlines()
        if not lines or not lines[-1].startswith("Enforced by: ") or len(lines[-1]) < 16:
            found.append(f"{page.name} does not end with what enforces it")
        if len(lines) > 60:
            found.append(f"{page.name} is longer than a page")
    return found


def test_every_decision_has_its_number_and_says_what_enforces_it() -> None:
    assert len(list(DECISIONS.glob("*.md"))) > 5
    assert faults(DECISIONS) == []


def test_what_enforces_a_decision_exists() -> None:
    for page in DECISIONS.glob("*.md"):
        for word in page.read_text().strip().splitlines()[-1].replace(",", " ").replace("`", " ").split():
            if word.startswith(("tests/", "launch/", "foundation/", "docs/")):
                assert (ROOT / word.rstrip(".").split("::")[0]).exists(), f"{page.name}: {word}"


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        (
            {"0001-one.md": "x\n\nEnforced by: review", "0001-two.md": "x\n\nEnforced by: review"},
            "has the number of",
        ),
        ({"0001-one.md": "Enforced by: review\n\nAfterword"}, "does not end with what enforces it"),
        ({"0001-one.md": "x\n\nEnforced by: "}, "does not end with what enforces it"),
        ({"one.md": "x\n\nEnforced by: review"}, "has no number"),
        ({"0001-one.md": "x\n" * 70 + "Enforced by: review"}, "longer than a page"),
    ],
)
def test_a_careless_record_is_found(tmp_path: Path, pages: dict[str, str], fault: str) -> None:
    for name, text in pages.items():
        (tmp_path / name).write_text(text)
    assert any(fault in each for each in faults(tmp_path))
