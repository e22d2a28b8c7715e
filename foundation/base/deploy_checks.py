"""What `manage.py check --deploy` says about settings that would run, and should not with real data."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Doubt

LOGINS_ABOVE_THE_WEB = frozenset({"postgres", "sg_owner", "sg_migrate", "sg_backup"})
DECIDED = frozenset({"disable", "require", "verify-ca", "verify-full"})
HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


@register(Tags.security, deploy=True)
def hosts(**_: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS lets every name through.", hint="List the names.", id="base.E001")]


@register(Tags.security, deploy=True)
def demo(**_: Any) -> list[CheckMessage]:
    if not (settings.IS_DEMO or settings.CLOCK_MAY_BE_SET):
        return []
    words = "The demo's settings sign anybody in with one button."
    return [Error(words, hint="Use safeguarding.settings.prod.", id="base.E002")]


@register(Tags.security, deploy=True)
def database_login(**_: Any) -> list[CheckMessage]:
    database = settings.DATABASES["default"]
    serves = database["OPTIONS"].get("assume_role") == "sg_app"
    if not serves or database["USER"] not in LOGINS_ABOVE_THE_WEB:
        return []
    words = f"Pages are served with the login {database['USER']}, which may pass the second wall."
    return [Error(words, hint="DATABASE_URL is sg_web's.", id="base.E003")]


@register(Tags.security, deploy=True)
def database_line(**_: Any) -> list[CheckMessage]:
    """Without `sslmode` the line falls back to plain text and says nothing."""
    database = settings.DATABASES["default"]
    if is_here(database["HOST"]) or database["OPTIONS"].get("sslmode") in DECIDED:
        return []
    words = "The line to the database may be open to read on the way."
    hint = "Add ?sslmode=verify-full to the address; sslmode=disable where the network is this machine's own."
    return [Doubt(words, hint=hint, id="base.W001")]


@register(Tags.security, deploy=True)
def redis_password(**_: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme not in {"redis", "rediss"} or is_here(parts.hostname or "") or parts.password:
        return []
    return [Doubt("Redis is reached over a network without a password.", id="base.W002")]


@register(Tags.security, deploy=True)
def public_address(**_: Any) -> list[CheckMessage]:
    if settings.PUBLIC_URL.startswith("https://"):
        return []
    words = "PUBLIC_URL is no https address: the links in e-mail lead nowhere."
    return [
        Doubt(words, hint="The address people type, such as https://safeguarding.example.", id="base.W003")
    ]


def is_here(host: str) -> bool:
    """A socket of this machine, or this machine itself."""
    return host in HERE or host.startswith("/")
