"""Settings of the storm's processes: those of production, with a clock that moves and a mail server of ours."""

from safeguarding.settings.base import *  # noqa: F403
from safeguarding.settings.environment import environ

SECRET_KEY = "storms only, never anywhere else"
CLOCK_MAY_BE_SET = True
CLOCK_MOVED_FILE = environ.str("CLOCK_MOVED_FILE")
EMAIL_TIMEOUT = 2
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
