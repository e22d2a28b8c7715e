"""What the launcher says at the end: what was skipped and why, which checks failed, which browser is used."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from launch import browser, check, probes, readiness, skipped, testrun
from launch.console import Refusal


def test_skipped_tests_are_counted_by_reason():
    because = [
        SimpleNamespace(longrepr=("x.py", 3, f"Skipped: {why}")) for why in ("no browser", "a", "no browser")
    ]
    assert skipped.sentences(because) == ["Skipped 2: no browser", "Skipped 1: a"]
    assert skipped.sentences([]) == ["Nothing was skipped."]


def test_the_table_of_checks_says_which_failed():
    outcomes = [check.Outcome("types", True, 2.0, ""), check.Outcome("lint (ruff)", False, 0.1, "words")]
    assert check.table(outcomes) == ["types        ok        2.0 s", "lint (ruff)  FAILED    0.1 s"]


def test_every_failure_is_shown_and_none_hides_another(monkeypatch, capsys):
    def broken() -> tuple[bool, str]:
        raise FileNotFoundError(2, "No such file", "ruff")

    planned = {"one": lambda: (False, "first words"), "two": broken, "three": lambda: (True, "quiet")}
    monkeypatch.setattr(check, "checks", lambda: planned)
    assert check.check_all() == 1
    words = capsys.readouterr().out
    assert "first words" in words
    assert "No such file: ruff" in words
    assert "quiet" not in words
    assert "2 of 3 checks failed" in words


def test_pytest_runs_on_every_core_unless_told_otherwise():
    assert testrun.pytest_command(["-k", "x"])[-4:] == ["-n", str(testrun.cores()), "-k", "x"]
    assert "-n" not in testrun.pytest_command(["-n0"])[:-1]


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without a browser, without root."""
    monkeypatch.setattr(probes, "is_root", lambda: False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", ())
    return {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}


def test_the_named_browser_comes_first(bare, tmp_path):
    program = tmp_path / "chrome"
    program.touch(mode=0o755)
    assert browser.find({**bare, "CHROME_PATH": str(program)}) == str(program)
    with pytest.raises(Refusal, match="CHROME_PATH names"):
        browser.find({**bare, "CHROME_PATH": str(tmp_path / "none")})


def test_playwrights_own_browser_is_found(bare, tmp_path):
    program = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    assert browser.find(bare) == str(program)


def test_root_on_debian_installs_one(bare, monkeypatch):
    monkeypatch.setattr(probes, "is_root", lambda: True)
    monkeypatch.setattr(probes, "is_debian", lambda: True)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    asked: list[str] = []
    monkeypatch.setattr(browser.install, "apt_install", lambda *packages: asked.extend(packages))
    assert browser.find(bare) is None
    assert asked == ["chromium", "fonts-liberation"]


def test_without_a_browser_ci_stops_and_others_are_told(bare, monkeypatch, capsys):
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setenv("CI", "1")
    with pytest.raises(Refusal, match="No browser was found"):
        testrun.browser_environment()
    monkeypatch.delenv("CI")
    assert "No browser was found" in testrun.browser_environment()["BROWSER_MISSING"]
    assert "browser tests are skipped" in capsys.readouterr().out


def test_an_old_server_on_our_port_is_not_taken_for_ours():
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Old(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "live", "run": "yesterday"}')

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Old) as server:
        answering = Thread(target=server.handle_request)
        answering.start()
        assert readiness.token_of_answer(server.server_port) == "yesterday"
        answering.join()
    assert readiness.token_of_answer(server.server_port) is None


def test_the_ci_script_is_sound_bash():
    script = Path(check.ROOT) / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
