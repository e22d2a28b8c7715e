"""Settings shared by every way of running. The environment is read in `environment.py` alone."""

from datetime import timedelta
from pathlib import Path

from safeguarding.settings.environment import database, environ

ROOT = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "guardian",
    "axes",
    "allauth",
    "allauth.account",
    "csp",
    "foundation.base",
    "foundation.web",
    "foundation.audit",
    "foundation.vocabulary",
    "foundation.accounts",
    "foundation.access",
    "foundation.deadlines",
    "cases.people",
    "cases.records",
    "cases.chronology",
    "cases.plans",
    "referrals",
    "actionplan",
    "reviews",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "foundation.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "foundation.web.middleware.BadInput",
    "foundation.base.middleware.NobodySignedIn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "foundation.web.middleware.NoStore",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.base.middleware.ViewerMiddleware",
    "foundation.audit.middleware.AuditMiddleware",
    "foundation.web.middleware.HiddenScreen",
    "foundation.web.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "foundation.base.middleware.TransactionMiddleware",
]

ROOT_URLCONF = "safeguarding.urls"
WSGI_APPLICATION = "safeguarding.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.web.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "foundation.web.renderer.GovukRenderer"

DATABASES = {"default": database()}
DATABASE_BACKUP_URL = environ.str("DATABASE_BACKUP_URL", default="")  # for backup and restore alone
DATABASE_ADMIN_URL = environ.str("DATABASE_ADMIN_URL", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environ.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = ["safeguarding.formats"]

SERVICE_NAME = "Safeguarding beyond the home"
IS_DEMO = False
RUN_TOKEN = environ.str("RUN_TOKEN", default="")
CLOCK_MAY_BE_SET = False
CLOCK_MOVED_FILE = ""
PROXY_COUNT = environ.int("PROXY_COUNT", default=0)  # proxies of ours in front
PATHS_WITHOUT_DATABASE = frozenset({"/health/live", "/health/ready"})

# E-mail holds no names: a reference, a day and a link to this address
PUBLIC_URL = environ.str("PUBLIC_URL", default="http://127.0.0.1:8000")
EMAIL_HOST = environ.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = environ.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = environ.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = environ.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = environ.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environ.str("DEFAULT_FROM_EMAIL", default="no-reply@safeguarding.example")

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "foundation.accounts.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"login": "foundation.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_RATE_LIMITS = (
    False  # django-axes counts in PostgreSQL; allauth would count in a cache that may be flushed
)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "foundation.web.views.csrf_failure"

# Lock-out: counted per account *and* network, so that nobody can lock a colleague out from elsewhere
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = environ.int("SIGN_IN_FAILURE_LIMIT", default=8)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "foundation.accounts.sign_in.locked_out"
AXES_USERNAME_CALLABLE = "foundation.accounts.sign_in.account_typed"
AXES_CLIENT_STR_CALLABLE = None
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "foundation.base.network.network_of"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "csrfmiddlewaretoken"]

# guardian keeps the grants; its shortcuts are not used
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send Origin: null, which CSRF refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# The API: JSON only, for people who are signed in; every refusal is problem+json
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["foundation.base.api_refusals.SignedInSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "foundation.base.api_schema.ApiSchema",
    "EXCEPTION_HANDLER": "foundation.base.api_refusals.as_problem",
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Safeguarding beyond the home",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DESCRIPTION": "Reads what the signed-in person may read on the website, and nothing else.",
}

SWEEP_EVERY_SECONDS = environ.int("SWEEP_EVERY_SECONDS", default=20)
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # Celery gives up after 100: Redis may be away for longer
CELERY_TASK_TIME_LIMIT = 9 * 60  # shorter than Redis keeps a task that was taken and not acknowledged
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 10 * 60,
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
    "retry_on_timeout": True,
}
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": f"foundation.deadlines.schedules.{name}",
        "schedule": SWEEP_EVERY_SECONDS,
        "options": {"expires": 2 * SWEEP_EVERY_SECONDS},  # a queue of old ticks helps nobody
    }
    for name in ("sweep", "deliver")
} | {
    "clear expired sessions": {
        "task": "foundation.accounts.schedules.clear_expired_sessions",
        "schedule": 24 * 60 * 60,
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},  # what is refused stands in the audit
    },
}
