"""A pytest plug-in: say in plain words, before the last line, what was skipped and why."""

from collections import Counter
from typing import Any

import pytest


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The reason alone, without pytest's own word in front."""
    where = report.longrepr
    text = str(where[2]) if isinstance(where, tuple) else str(where)
    return text.removeprefix("Skipped: ").strip() or "no reason given"


def sentences(reports: list[Any]) -> list[str]:
    """One line per reason, the most frequent first."""
    if not reports:
        return ["Nothing was skipped."]
    counted = Counter(reason_of(report) for report in reports)
    return [f"Skipped {count}: {reason}" for reason, count in counted.most_common()]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Called by pytest at the end of the run."""
    terminalreporter.section("what was skipped, and why")
    for sentence in sentences(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(sentence)
