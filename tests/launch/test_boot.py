"""The first file that runs says one clear sentence on a machine that cannot run the rest."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch import boot, handover, places
from launch.places import ROOT

BOOT = ROOT / "launch" / "boot.py"


def test_an_old_python_can_read_the_file():
    ast.parse(BOOT.read_text(encoding="utf-8"), feature_version=(3, 4))


def test_an_old_python_is_told_what_is_needed(capsys: pytest.CaptureFixture[str], monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert boot.main(["demo"]) == 1
    words = capsys.readouterr().err
    assert words.startswith("Python 3.11 or newer is needed; this is Python 3.9")
    assert len(words.splitlines()) == 1


def test_a_new_enough_python_goes_on():
    assert boot.too_old((3, 11, 0), "python3") is None
    assert boot.too_old((4, 0, 0), "python3") is None


def test_windows_is_sent_to_wsl2():
    assert "WSL2" in (boot.wrong_system("nt") or "")
    assert boot.wrong_system("posix") is None


def test_an_unknown_target_is_one_sentence_and_no_traceback():
    done = subprocess.run(
        [sys.executable, BOOT, "party"], capture_output=True, text=True, cwd=Path("/"), check=False
    )
    assert done.returncode == 1
    assert done.stderr == "Say which: demo, test, prove, check, fix, lock. For example: make demo\n"


def test_a_busy_port_is_told_before_anything_is_installed(monkeypatch, capsys, tmp_path):
    import socket

    monkeypatch.setattr(places, "DEMO_LOCK", tmp_path / "lock")  # a demo may be running in this folder

    monkeypatch.setattr(handover.install, "python_packages", lambda name: pytest.fail("installed too early"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setitem(os.environ, "PORT", str(listener.getsockname()[1]))
        assert handover.main(["demo"]) == 1
    assert "is busy" in capsys.readouterr().err


def test_every_target_of_the_makefile_is_known():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = {
        line.split("boot.py ")[1].split()[0] for line in makefile.splitlines() if "launch/boot.py " in line
    } - {"to"}
    assert {name for name in called if name.isalpha()} == set(handover.TARGETS)
