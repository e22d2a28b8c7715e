"""Imports point one way: the contracts in pyproject.toml hold, and a planted wrong import turns them red."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
TIES = {"safeguarding", "demo"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--no-cache",
        "--config",
        "pyproject.toml",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in CONTRACTS["root_packages"]:
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "static")
        )
    return folder


def test_every_import_points_down(copy_of_the_house: Path) -> None:
    answer = lint(copy_of_the_house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("foundation/base/clock.py", "from foundation.audit import services"),
        ("foundation/accounts/models.py", "def later():\n    from cases.records.models import Case"),
        ("cases/people/models.py", "from cases.records.models import Case"),
        ("referrals/models.py", "from actionplan.models import ActionPlan"),
        ("cases/records/services.py", "from cases.records import views"),
        ("actionplan/apps.py", "import demo.accounts"),
        ("cases/records/policies.py", "from safeguarding import settings"),
        ("foundation/base/registries.py", "import launch.console"),
    ],
)
def test_a_wrong_import_is_found(copy_of_the_house: Path, module: str, line: str) -> None:
    path = copy_of_the_house / module
    before = path.read_text()
    path.write_text(f"{before}\n{line}\n")
    try:
        answer = lint(copy_of_the_house)
    finally:
        path.write_text(before)
    assert answer.returncode == 1
    assert "BROKEN" in answer.stdout


def test_every_room_is_under_contract() -> None:
    apps = {path.relative_to(ROOT).parts for path in ROOT.glob("*/apps.py")} | {
        path.relative_to(ROOT).parts for path in ROOT.glob("*/*/apps.py") if path.parts[-3] != "node_modules"
    }
    inside = next(each for each in CONTRACTS["contracts"] if each["name"] == "Inside a room, calls go down")
    rooms = {".".join(parts[:-1]) for parts in apps}
    assert rooms - set(inside["containers"]) - TIES == {"foundation.base", "foundation.web"}
    assert {room.split(".")[0] for room in rooms} <= set(CONTRACTS["root_packages"])
