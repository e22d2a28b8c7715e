"""A step is skipped exactly when its inputs are those it was done with."""

from launch import install
from launch.places import REQUIREMENTS
from launch.stamps import Stamps, digest, tree


def test_a_stamp_holds_until_an_input_changes(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1")
    stamps = Stamps(tmp_path / "deep" / "stamps.json")
    assert not stamps.holds("step", digest([lock]))
    stamps.write(step=digest([lock]))
    assert stamps.holds("step", digest([lock]))
    lock.write_text("a==2")
    assert not stamps.holds("step", digest([lock]))


def test_a_damaged_or_missing_stamp_is_no_stamp(tmp_path):
    stamps = Stamps(tmp_path / "stamps.json")
    assert stamps.read() == {}
    stamps.file.write_text("{half")
    assert stamps.read() == {}
    stamps.file.write_text("[1]")
    assert stamps.read() == {}


def test_a_renamed_or_removed_file_changes_the_digest_of_a_tree(tmp_path):
    (tmp_path / "a.css").write_text("x")
    before = digest(tree(tmp_path))
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    after = digest(tree(tmp_path))
    (tmp_path / "b.css").unlink()
    assert len({before, after, digest(tree(tmp_path))}) == 3


def test_packages_made_for_the_tests_also_serve_the_demo(tmp_path, monkeypatch, capsys):
    ran: list[str] = []
    monkeypatch.setattr(install, "PACKAGE_STAMPS", Stamps(tmp_path / "stamps.json"))
    monkeypatch.setattr(install, "virtual_environment", lambda: None)
    monkeypatch.setattr(install, "installer", lambda: None)
    monkeypatch.setattr(install, "index_of_pip", dict)
    monkeypatch.setattr(install, "run", lambda *words, **_: ran.append(str(words[-1])))
    install.python_packages("demo")
    install.python_packages("test")
    install.python_packages("demo")
    install.python_packages("test")
    assert ran == [str(REQUIREMENTS / "demo.txt"), str(REQUIREMENTS / "test.txt")]
    assert capsys.readouterr().out.count("skipped, already installed") == 2


def test_a_failed_install_leaves_no_stamp(tmp_path, monkeypatch):
    def fail(*words: object, **_: object) -> None:
        raise OSError(28, "No space left on device")

    stamps = Stamps(tmp_path / "stamps.json")
    stamps.write(python="3.11", demo="of an older lock")
    monkeypatch.setattr(install, "PACKAGE_STAMPS", stamps)
    monkeypatch.setattr(install, "virtual_environment", lambda: None)
    monkeypatch.setattr(install, "installer", lambda: None)
    monkeypatch.setattr(install, "index_of_pip", dict)
    monkeypatch.setattr(install, "run", fail)
    try:
        install.python_packages("demo")
    except OSError:
        assert stamps.read() == {"python": "3.11"}
