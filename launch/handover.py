"""From a bare Python to the virtual environment: check the machine, install, and become the venv's Python."""

import os

from launch import console, install, places, probes
from launch.console import Refusal

# target: (locked set of packages, needs the front end, module that takes over)
TARGETS = {
    "demo": ("demo", True, "launch.demo"),
    "test": ("test", True, "launch.testrun"),
    "prove": ("test", True, "launch.testrun"),
    "check": ("test", True, "launch.check"),
    "fix": ("test", False, "launch.check"),
    "lock": (None, False, "launch.lock"),
}


def main(words: list[str]) -> int:
    """Install for one target and hand over to it. Returns only if something is wrong."""
    return console.closing(lambda: prepare(words))


def prepare(words: list[str]) -> int:
    """Everything before the hand-over; the last line replaces this process."""
    target = words[0] if words else ""
    if target not in TARGETS:
        raise Refusal(f"Say which: {', '.join(TARGETS)}. For example: make demo")
    console.elapsed()
    if target == "demo":
        look_before_the_demo()
    packages, front_end, module = TARGETS[target]
    if packages:
        install.python_packages(packages)
    else:
        install.installer()
    if front_end:
        install.front_end()
    argv = [str(places.VENV_PYTHON), "-m", module, target, *words[1:]]
    os.execv(places.VENV_PYTHON, argv)  # noqa: S606


def look_before_the_demo() -> None:
    """Refuse early, before minutes of installing: is this demo running already, is the port free?"""
    from launch import lock_file

    lock_file.refuse_if_held(places.DEMO_LOCK, "The demo of this folder")
    probes.port_is_free(console.number(os.environ, "PORT", 8000, highest=65535))
