"""Questions to the machine. Tests fake the machine and read the sentence."""

import errno
import importlib.util
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from launch.console import Refusal


def port_is_free(port: int, host: str = "127.0.0.1") -> None:
    """Refuse if something already listens on the port, or if we may not listen there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as failed:
            raise Refusal(_why_no_port(port, failed.errno)) from None
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as caller:
        caller.settimeout(1)
        if caller.connect_ex((host, port)) == 0:  # macOS lets us bind beside a listener on all addresses
            raise Refusal(_why_no_port(port, errno.EADDRINUSE))


def _why_no_port(port: int, code: int | None) -> str:
    if code == errno.EADDRINUSE:
        return (
            f"Port {port} is busy: stop what listens there, or choose another, "
            "for example: make demo PORT=8001"
        )
    if code == errno.EACCES:
        return f"Port {port} is kept for root: choose one above 1023, for example: make demo PORT=8001"
    return f"Port {port} cannot be used: {os.strerror(code or 0)}."


def is_debian(file: Path = Path("/etc/os-release")) -> bool:
    """Debian, Ubuntu and their relatives, where apt-get is at home."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return False
    fields = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    family = (fields.get("ID", "") + " " + fields.get("ID_LIKE", "")).replace('"', "").split()
    return "debian" in family


def is_root() -> bool:
    """Do we run as the superuser?"""
    return os.geteuid() == 0


def venv_can_be_made(find: Callable[[str], object | None] = importlib.util.find_spec) -> bool:
    """Debian ships Python without ensurepip; then a virtual environment has no pip."""
    return find("ensurepip") is not None and find("venv") is not None


def venv_package() -> str:
    """The Debian package that brings venv for the Python we run in."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def missing_library(words: str) -> str | None:
    """The shared library that the system's loader says is missing, if its words name one."""
    for line in words.splitlines():
        if "error while loading shared libraries:" in line:
            return line.split("error while loading shared libraries:", 1)[1].split(":", 1)[0].strip()
        if "Library not loaded:" in line:
            return line.split("Library not loaded:", 1)[1].strip()
        if "GLIBC_" in line and "not found" in line:
            return "a newer C library (glibc)"
    return None
