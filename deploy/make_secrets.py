"""Make the secrets of a compose installation: one file each in deploy/secrets, for the service alone.

    python3 deploy/make_secrets.py

What is there already is kept, so it may be run again. Standard library only.
"""

import os
import secrets
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent / "secrets"
LOGINS = ("postgres", "sg_web", "sg_worker", "sg_migrate", "sg_backup")
# One host, one private network: nothing on it to encrypt for. Elsewhere: sslmode=verify-full.
ADDRESS = "postgresql://{login}:{password}@db/sg?sslmode=disable"
ADDRESSES = {
    "database_url": "sg_web",
    "database_worker_url": "sg_worker",
    "database_owner_url": "sg_migrate",
    "database_backup_url": "sg_backup",
    "database_admin_url": "postgres",
}


def wanted(known: dict[str, str]) -> dict[str, str]:
    """Every secret by its file's name; those that are known stay as they are."""
    made = {f"{login}_password": secrets.token_urlsafe(32) for login in (*LOGINS, "redis")}
    made |= {"secret_key": secrets.token_urlsafe(64), "email_host_password": ""}
    made |= known
    for name, login in ADDRESSES.items():
        made[name] = ADDRESS.format(login=login, password=made[f"{login}_password"])
    made["redis_url"] = f"redis://:{made['redis_password']}@redis:6379/0"
    return made | known


def write(place: Path) -> list[str]:
    """Write the missing ones. The folder is closed; the files in it are open to the containers' users."""
    place.mkdir(mode=0o700, exist_ok=True)
    place.chmod(0o700)
    known = {path.name: path.read_text().rstrip("\n") for path in place.iterdir() if path.is_file()}
    missing = {name: text for name, text in wanted(known).items() if name not in known}
    for name, text in missing.items():
        handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        (place / name).chmod(0o444)
    return sorted(missing)


if __name__ == "__main__":
    made_now = write(PLACE)
    sys.stdout.write(f"{len(made_now)} secrets made in {PLACE}, the others kept.\n")
