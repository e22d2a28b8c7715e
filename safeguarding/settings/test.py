"""`make test`: the owner's login under the application's role, fast hashing, a clock that may be set."""

from safeguarding.settings.base import *  # noqa: F403
from safeguarding.settings.base import DATABASES, INSTALLED_APPS
from safeguarding.settings.environment import environ

SECRET_KEY = "tests only, never anywhere else"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
CLOCK_MAY_BE_SET = True
CLOCK_MOVED_FILE = environ.str("CLOCK_MOVED_FILE", default="")
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["TEST"] = {"NAME": f"test_sg{environ.str('TEST_DB_SUFFIX', default='')}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CELERY_TASK_ALWAYS_EAGER = True
FLUSH_KEEPS = frozenset(
    {
        "django_migrations",
        "django_content_type",
        "auth_permission",
        "deadlines_bankholiday",
        "vocabulary_term",
        "vocabulary_timelimit",
    }
)
