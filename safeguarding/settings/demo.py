"""`make demo`: fictional data, accounts with one shared password, a clock that may be set while it loads."""

from safeguarding.settings.base import *  # noqa: F403
from safeguarding.settings.base import CELERY_BEAT_SCHEDULE, INSTALLED_APPS
from safeguarding.settings.environment import environ

SECRET_KEY = environ.str("SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
IS_DEMO = True
CLOCK_MAY_BE_SET = True
CLOCK_MOVED_FILE = environ.str("CLOCK_MOVED_FILE", default="")
EMAIL_BACKEND = "demo.outbox.OutboxBackend"
SWEEP_EVERY_SECONDS = environ.int("SWEEP_EVERY_SECONDS", default=5)
for each in ("sweep", "deliver"):
    CELERY_BEAT_SCHEDULE[each]["schedule"] = SWEEP_EVERY_SECONDS
