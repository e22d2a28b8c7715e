"""Lock files hold hashes and no address; the larger set holds the smaller; one run of a kind at a time."""

import re
from pathlib import Path

import pytest

from launch import check, lock_file
from launch.console import Refusal
from launch.places import REQUIREMENTS

LOCKS = sorted(REQUIREMENTS.glob("*.txt"))


def pins(lock: Path) -> set[str]:
    """`name==version` of every package in a lock."""
    return set(re.findall(r"^([a-z0-9._-]+==[^ ;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def test_no_lock_file_holds_an_address():
    passed, words = check.lock_files()
    assert passed, words


def test_an_address_in_a_lock_file_is_found(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\nb @ https" + "://packages.example/b\n")
    assert check.addresses_in(lock) == ["lock.txt:2: b @ https" + "://packages.example/b"]
    assert check.addresses_in(tmp_path / "none.txt") == ["none.txt: missing"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_in_a_lock_has_a_hash(lock):
    for entry in re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8").strip()):
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_test_set_holds_the_demo_set_and_that_the_base_set():
    base, demo, test = (pins(REQUIREMENTS / f"{name}.txt") for name in ("base", "demo", "test"))
    assert base <= demo <= test


def test_a_lock_is_held_once_and_names_its_holder(tmp_path):
    import os

    place = tmp_path / "lock"
    handle = lock_file.take(place)
    with pytest.raises(Refusal, match=rf"is already running \(process {os.getpid()}\)"):
        lock_file.take_or_refuse(place, "The demo of this folder")
    assert not lock_file.is_free(place)
    os.close(handle)
    assert lock_file.is_free(place)
    lock_file.refuse_if_held(place, "The demo of this folder")
