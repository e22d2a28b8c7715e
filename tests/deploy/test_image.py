"""The image, without an engine: linted, pinned, not root, with the program in it and neither demo nor secrets."""

import fnmatch
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.source import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
STAGES = re.findall(r"^FROM (\S+) AS (\S+)", DOCKERFILE, re.MULTILINE)
IGNORED = [
    line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")
]


def lint(text: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("hadolint")
    return subprocess.run(
        [str(program), "--no-color", "-"], input=text, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_dockerfile_is_linted() -> None:
    answer = lint(DOCKERFILE)
    assert answer.returncode == 0, answer.stdout


def test_a_careless_line_is_found() -> None:
    assert lint("FROM python\nRUN sudo ls\n").returncode == 1


def test_every_stage_is_pinned_and_named_without_a_registry() -> None:
    assert [name for _, name in STAGES] == ["front-end", "build", "operations", "service"]
    for image, _ in STAGES:
        assert re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+", image), image


@pytest.mark.parametrize("stage", ["operations", "service"])
def test_what_runs_is_not_root(stage: str) -> None:
    part = DOCKERFILE.split(f" AS {stage}\n")[1].split("\nFROM ")[0]
    user = re.findall(r"^USER (\d+):(\d+)$", part, re.MULTILINE)
    assert user
    assert user[-1][0] != "0"


def test_packages_are_installed_by_hash_and_nothing_is_compiled() -> None:
    assert "--require-hashes --only-binary :all:" in DOCKERFILE
    assert "npm ci" in DOCKERFILE


def test_the_image_asks_about_itself_without_a_shell() -> None:
    assert re.search(
        r'^HEALTHCHECK .* CMD \["python", "deploy/healthcheck.py", "web"\]$', DOCKERFILE, re.MULTILINE
    )


def test_no_secret_is_written_into_it() -> None:
    assert not re.search(r"^(ENV|ARG) .*(SECRET|PASSWORD|_URL)", DOCKERFILE, re.MULTILINE)


def is_sent(path: str) -> bool:
    """Whether the build sees a file: the last line of .dockerignore that speaks of it or of a folder above it wins."""
    sent = True
    above = ["/".join(path.split("/")[:depth]) for depth in range(1, path.count("/") + 2)]
    for line in IGNORED:
        pattern = line.lstrip("!").replace("**/", "*")
        if any(fnmatch.fnmatch(each, pattern) for each in above):
            sent = line.startswith("!")
    return sent


def test_every_installed_app_of_ours_and_its_templates_are_in_it() -> None:
    ours = {
        name.replace(".", "/") for name in settings.INSTALLED_APPS if (ROOT / name.split(".")[0]).is_dir()
    }
    needed = {f"{name}/models.py" for name in ours - {"demo"}}
    needed |= {"templates/layouts/base.html", "safeguarding/settings/prod.py", "manage.py", "launch/roles.py"}
    needed |= {"requirements/base.txt", "deploy/healthcheck.py", "package-lock.json", ".npmrc"}
    assert {path for path in needed if not is_sent(path)} == set()


@pytest.mark.parametrize(
    "path",
    [
        "demo/views.py",
        "tests/factories.py",
        "bench/servers.py",
        ".env",
        ".git/config",
        ".local/demo/secret",
        "deploy/secrets/secret_key",
        "backups/sg.dump",
        "launch/demo.py",
        "cases/records/__pycache__/models.pyc",
    ],
)
def test_demo_tests_secrets_and_this_machine_are_not(path: str) -> None:
    assert not is_sent(path)


def test_static_files_are_gathered_without_a_secret(tmp_path: Path) -> None:
    """The command of the build, with the settings of the build."""
    probe = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "safeguarding.settings.base"
from django.conf import settings
settings.STATIC_ROOT = {str(tmp_path)!r}
import django
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
"""
    environment = {"PATH": os.environ["PATH"]}
    answer = subprocess.run(
        [sys.executable, "-c", probe],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert list(tmp_path.glob("web/app.*.css"))
    assert (tmp_path / "staticfiles.json").exists()
