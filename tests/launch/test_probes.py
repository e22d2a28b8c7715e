"""Each thing a machine may lack is one sentence. The machine is faked."""

import socket
import subprocess
from pathlib import Path

import pytest

from launch import console, identity, install, postgres, probes, servers, valkey
from launch.console import Refusal


class Machine(identity.Identity):
    """An identity for which every program answers as the test says."""

    def __init__(self, status: int, out: str = "", err: str = "") -> None:
        super().__init__(1, 1, switched=False)
        object.__setattr__(self, "answer", subprocess.CompletedProcess([], status, out, err))

    def answers(self, program: Path) -> subprocess.CompletedProcess[str]:
        return self.answer  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    """A machine without wheels and without servers."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(postgres, "DEBIAN_HOME", tmp_path / "none")


def test_a_free_port_is_fine():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    probes.port_is_free(port)


def test_a_busy_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(Refusal, match=f"Port {port} is busy"):
            probes.port_is_free(port)


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1", "80.5", "²"])
def test_a_port_that_is_no_port_is_one_sentence(text):
    with pytest.raises(Refusal, match="PORT must be a number from 1 to 65535"):
        console.number({"PORT": text}, "PORT", 8000, highest=65535)


def test_an_empty_port_means_the_usual_one():
    assert console.number({"PORT": ""}, "PORT", 8000, highest=65535) == 8000


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ID=debian\n", True), ('ID=ubuntu\nID_LIKE="debian"\n', True), ("ID=fedora\nID_LIKE=rhel\n", False)],
)
def test_debian_and_its_relatives_are_known(tmp_path, text, answer):
    release = tmp_path / "os-release"
    release.write_text(text)
    assert probes.is_debian(release) is answer
    assert not probes.is_debian(tmp_path / "missing")


def test_a_python_without_venv_is_one_sentence_for_an_ordinary_user(monkeypatch):
    assert not probes.venv_can_be_made(find=lambda name: None)
    monkeypatch.setattr(probes, "is_root", lambda: False)
    with pytest.raises(Refusal, match="apt-get install python3-venv"):
        install.bring_venv()


def test_a_python_without_venv_is_mended_by_root_on_debian(monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(probes, "is_root", lambda: True)
    monkeypatch.setattr(probes, "is_debian", lambda: True)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(install, "apt_install", lambda *packages: asked.extend(packages))
    install.bring_venv()
    assert asked == [probes.venv_package()]


@pytest.mark.parametrize(
    ("words", "library"),
    [
        ("postgres: error while loading shared libraries: libfoo.so.1: cannot open", "libfoo.so.1"),
        ("/lib/libc.so.6: version `GLIBC_2.38' not found", "a newer C library (glibc)"),
        ("dyld: Library not loaded: /opt/libpq.5.dylib", "/opt/libpq.5.dylib"),
        ("something else", None),
    ],
)
def test_the_missing_library_is_named(words, library):
    assert probes.missing_library(words) == library


@pytest.mark.usefixtures("no_programs")
def test_no_postgresql_at_all_is_one_sentence():
    with pytest.raises(Refusal, match="No PostgreSQL 15 or newer can be started here: set DATABASE_URL"):
        postgres.find(Machine(0))


@pytest.mark.usefixtures("no_programs")
def test_no_valkey_at_all_is_one_sentence():
    with pytest.raises(Refusal, match="No Valkey or Redis can be started here: set REDIS_URL"):
        valkey.find(Machine(0))


def test_a_postgresql_that_lacks_a_library_or_is_old_says_so(tmp_path, monkeypatch):
    programs = tmp_path / "14" / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    monkeypatch.setattr(postgres, "candidates", lambda machine: iter([programs]))
    lacking = "error while loading shared libraries: libicu.so.70: cannot open"
    with pytest.raises(Refusal, match=r"needs libicu.so.70, which is not installed"):
        postgres.find(Machine(127, err=lacking))
    with pytest.raises(Refusal, match=r"is version 14"):
        postgres.find(Machine(0, out="postgres (PostgreSQL) 14.2 (Debian 14.2-1)"))
    assert postgres.find(Machine(0, out="postgres (PostgreSQL) 18.4")) == programs


def test_debians_newest_postgresql_comes_first(tmp_path, monkeypatch):
    for version in ("9.6", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(postgres, "DEBIAN_HOME", tmp_path)
    assert [place.parent.name for place in postgres.candidates(Machine(0))] == ["17", "15", "9.6"]


def test_a_redis_address_behind_which_nothing_listens_is_one_sentence(tmp_path):
    with pytest.raises(Refusal, match=r"REDIS_URL does not answer at 127\.0\.0\.1:9"):
        servers.refuse_silent_redis("redis://127.0.0.1:9/0")
    with pytest.raises(Refusal, match="REDIS_URL does not answer at"):
        servers.refuse_silent_redis(f"redis+socket://{tmp_path}/none.sock")


def test_a_database_that_does_not_answer_is_one_sentence_without_the_password():
    wanted = servers.roles.Wanted("postgresql://someone:hidden-word@127.0.0.1:9/sg")
    with pytest.raises(Refusal, match="The database does not answer") as refused:
        servers.see_to_roles(wanted)
    assert "hidden-word" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_place_somebody_else_has_taken_is_refused(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    owner = (tmp_path / "open").stat()
    with pytest.raises(Refusal, match="belongs to somebody else"):
        identity.claim(tmp_path / "open", owner.st_uid, owner.st_gid, 0o700)
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(Refusal, match="belongs to somebody else"):
        identity.claim(tmp_path / "link", owner.st_uid, owner.st_gid, 0o700)


def test_a_long_path_gets_a_short_place_for_its_sockets(tmp_path, monkeypatch):
    monkeypatch.setattr(identity, "SHARED", tmp_path)
    me = identity.Identity(tmp_path.stat().st_uid, tmp_path.stat().st_gid, switched=False)
    long = tmp_path / ("long" * 30)
    long.mkdir()
    place = me.socket_directory(long)
    assert place.parent == tmp_path
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "failed",
    [
        Refusal("One sentence."),
        subprocess.CalledProcessError(2, ["/somewhere/npm", "ci"]),
        PermissionError(13, "Permission denied", "build"),
        KeyboardInterrupt(),
    ],
)
def test_whatever_goes_wrong_is_one_line_and_not_a_traceback(failed, capsys):
    def fail() -> int:
        raise failed

    assert console.closing(fail) != 0
    assert len(capsys.readouterr().err.splitlines()) == 1
