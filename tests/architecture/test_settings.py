"""Settings: no change without its migration, nothing to warn of in production, and tests that bite."""

import ast
import os
import re
import socket
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_socket import SocketConnectBlockedError

from foundation.base.pg.roles import as_owner
from tests.architecture.source import ROOT, called, modules, tree_of

ENVIRONMENT = ROOT / "safeguarding" / "settings" / "environment.py"
OURS = {
    "accounts",
    "actionplan",
    "audit",
    "base",
    "chronology",
    "people",
    "records",
    "referrals",
    "vocabulary",
    "web",
}
STARTERS = {"safeguarding/wsgi.py", "safeguarding/celery.py"}


def test_no_model_has_changed_without_its_migration(db: None) -> None:
    with as_owner():
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_and_in_one_line(db: None) -> None:
    loader = MigrationLoader(connection)
    names = [name for label, name in loader.disk_migrations if label in OURS]
    assert [name for name in names if "auto" in name] == []
    assert loader.detect_conflicts() == {}


def production(**more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "safeguarding.settings.prod",
        "SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(64)),
        "ALLOWED_HOSTS": "safeguarding.example",
        "PROXY_COUNT": "1",
        "DATABASE_URL": "postgresql://sg_web@db.example/sg?sslmode=verify-full",
        "PUBLIC_URL": "https://safeguarding.example",
        **more,
    }
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_production_has_nothing_to_warn_of() -> None:
    answer = production()
    assert answer.returncode == 0, answer.stderr
    assert "0 silenced" in answer.stdout or "guardian" in str(settings.SILENCED_SYSTEM_CHECKS)


def test_a_weak_secret_is_warned_of() -> None:
    assert production(SECRET_KEY="short").returncode == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "PROXY_COUNT"])
def test_production_has_no_default_for(name: str) -> None:
    probe = f"import os; os.environ.pop({name!r}, None); import safeguarding.settings.prod"
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "ALLOWED_HOSTS": "x", "PROXY_COUNT": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode != 0
    assert name in answer.stderr


@pytest.mark.parametrize("module", ["prod", "base", "test"])
def test_the_demo_is_installed_by_its_own_settings_and_the_tests_alone(module: str) -> None:
    source = (ROOT / "safeguarding" / "settings" / f"{module}.py").read_text()
    installs = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    assert ("demo" in installs) is (module == "test")
    assert ("CLOCK_MAY_BE_SET = True" in source) is (module == "test")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("198.51.100.1", 443)])
def test_tests_reach_no_other_machine(address: tuple[str, int]) -> None:
    with socket.socket() as outward:
        outward.settimeout(0.1)
        with pytest.raises((SocketConnectBlockedError, UserWarning), match="tried to use"):
            outward.connect(address)


def test_the_block_is_the_sockets_and_not_the_network(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("--disable-socket")
    assert set(pytestconfig.getoption("--allow-hosts").split(",")) == {"127.0.0.1", "::1"}


def test_a_warning_is_an_error(pytestconfig: pytest.Config) -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("planted", DeprecationWarning, stacklevel=1)
    assert pytestconfig.getini("filterwarnings")[0] == "error"


def reads_environment(tree: ast.AST) -> list[int]:
    """Lines on which a module looks at the environment itself."""
    found = []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"environ", "getenv", "environb"}
            and ast.unparse(node.value) == "os"
        ):
            found.append(node.lineno)
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {a.name for a in node.names} & {"environ", "getenv"}
        ):
            found.append(node.lineno)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"environ.Env", "django_environ.Env"}:
            found.append(node.lineno)
    return found


def test_the_environment_is_read_in_one_module() -> None:
    readers = {called(path) for path in modules() if reads_environment(tree_of(path))}
    assert readers <= {called(ENVIRONMENT), *STARTERS}
    assert called(ENVIRONMENT) in readers


@pytest.mark.parametrize(
    "planted",
    ["import os\nx = os.environ['A']", "from os import getenv", "import os\nos.getenv('A')", "environ.Env()"],
)
def test_a_second_reader_is_found(planted: str) -> None:
    assert reads_environment(ast.parse(planted))


def names_read() -> set[str]:
    """Every name that settings ask the environment for."""
    sources = "\n".join(path.read_text() for path in (ROOT / "safeguarding" / "settings").glob("*.py"))
    return set(re.findall(r'environ\.\w+\(\s*"([A-Z_]+)"', sources)) | set(
        re.findall(r'"(DATABASE_[A-Z_]*URL)"', sources)
    )


def names_listed(text: str) -> set[str]:
    return set(re.findall(r"^#?\s?([A-Z][A-Z_]+)=", text, re.MULTILINE))


def test_every_name_that_is_read_is_listed_for_operators() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL", "DB_ROLE", "REDIS_URL"} <= names_read()
    assert names_read() - names_listed((ROOT / ".env.example").read_text()) == set()


def test_a_name_that_is_not_listed_is_found() -> None:
    assert names_read() - names_listed("SECRET_KEY=\n") != set()


def test_the_example_holds_no_secret() -> None:
    text = (ROOT / ".env.example").read_text()
    assert [line for line in text.splitlines() if re.match(r"SECRET\w*=.+", line)] == []


def test_manage_says_one_clear_sentence_where_there_are_no_settings(tmp_path: Path) -> None:
    copy = tmp_path / "manage.py"
    copy.write_text((ROOT / "manage.py").read_text())
    answer = subprocess.run(
        [sys.executable, str(copy), "check"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert "DJANGO_SETTINGS_MODULE" in answer.stderr
