"""For real data: behind TLS, without the demo, without defaults for anything secret."""

from safeguarding.settings.base import *  # noqa: F403
from safeguarding.settings.base import DATABASES
from safeguarding.settings.environment import environ, time_limits

SECRET_KEY = environ.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = environ.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = environ.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

DATABASES["default"]["OPTIONS"] = time_limits(DATABASES["default"]["OPTIONS"])

PROXY_COUNT = environ.int("PROXY_COUNT")  # without it every visitor would have the proxy's address
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
