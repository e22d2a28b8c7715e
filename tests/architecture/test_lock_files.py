"""Lock files hold versions and hashes and no address: whoever installs decides from where."""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

ADDRESS = re.compile(r"https?://|git\+|file:|--(extra-)?index-url|--find-links", re.IGNORECASE)
LOCKS = [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "package-lock.json"]


def addresses(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if ADDRESS.search(line)]


def without_hash(text: str) -> list[str]:
    """Requirements that pin no version or carry no hash."""
    entries = re.split(r"\n(?=\S)", text.replace("\\\n", " ").strip())
    pinned = [entry for entry in entries if entry and not entry.startswith(("#", "-"))]
    return [entry.split()[0] for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_holds_no_address(path: Path) -> None:
    assert addresses(path.read_text()) == []


@pytest.mark.parametrize("path", LOCKS[:-1], ids=lambda path: path.name)
def test_every_python_package_has_its_version_and_hash(path: Path) -> None:
    assert without_hash(path.read_text()) == []


def test_every_front_end_package_has_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {name for name, entry in packages.items() if name and "integrity" not in entry} == set()


@pytest.mark.parametrize(
    "planted",
    [
        "django==5.2 --hash=sha256:ab\n--index-url https://mirror.example/simple",
        '"resolved": "https://mirror.example/x.tgz",',
        "django @ git+ssh://mirror.example/django",
    ],
)
def test_an_address_is_found(planted: str) -> None:
    assert addresses(planted)


@pytest.mark.parametrize("planted", ["django==5.2", "django>=5 --hash=sha256:ab", "django"])
def test_a_package_without_version_or_hash_is_found(planted: str) -> None:
    (found,) = without_hash(f"one==1 --hash=sha256:ab\n{planted}\n")
    assert found.startswith("django")
