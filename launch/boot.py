"""First file of every make target: look at the machine, install what is missing, hand over to the venv.

This file must be readable by any Python 3, so that an old one can say that it is old: no new syntax here.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
OLDEST = (3, 11)


def too_old(version, found):
    """The sentence to say about an old Python, or None."""
    if tuple(version[:2]) >= OLDEST:
        return None
    return (  # noqa: UP032 (old Pythons have no f-strings)
        "Python 3.11 or newer is needed; this is Python {}.{} ({}). "
        "Install a newer one and name it: make demo PY=python3.12"
    ).format(version[0], version[1], found)


def wrong_system(name):
    """The sentence to say about native Windows, or None."""
    if name != "nt":
        return None
    return (
        "This project does not run on Windows itself. "
        "Use WSL2 (wsl --install), and run the same command there."
    )


def main(words):
    """Check what can be checked without importing anything, then install and hand over."""
    sentence = too_old(sys.version_info, sys.executable) or wrong_system(os.name)
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 1
    sys.path[0] = ROOT
    os.chdir(ROOT)
    from launch import handover

    return handover.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
