"""Django's settings. Every value is an environment variable; .env.example documents each with its default."""

import datetime
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("SUPPORT_VAR", str(BASE_DIR / "var")))
DEBUG = False
SECRET_KEY = env.str("SUPPORT_SECRET_KEY", "only-for-tests-make-run-writes-a-real-one")
ALLOWED_HOSTS = env.list("SUPPORT_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "axes",
    "django.contrib.staticfiles",
    "support.orders",
    "support.cases",
    "support.conversations",
    "support.mail",
    "support.widget",
    "support.desk",
]
MIDDLEWARE = [
    "support.widget.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "support.desk.middleware.DeskSessions",
    "support.desk.middleware.DeskCsrf",
    "support.desk.middleware.DeskUsers",
    "support.desk.middleware.DeskMessages",
]
ROOT_URLCONF = "support.urls"
ASGI_APPLICATION = "support.asgi.application"
CONTEXT = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "support.desk.roles.rights",
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT},
    }
]

DATABASES = {"default": env.db("SUPPORT_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'support.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_I18N = False  # the desk speaks English; its pages need not ask for a translation of each word
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
STATIC_URL = "static/"
APPEND_SLASH = False

# Where the processes find each other; by default on loopback. The token guards Rasa's and the action servers' doors.
RASA_URLS = env.str("SUPPORT_RASA_URL", "http://127.0.0.1:5005").split()
REDIS_URL = env.str("SUPPORT_REDIS_URL", "")
BROKER_URL = env.str("SUPPORT_BROKER_URL", "")
TRACKER_URL = env.str("SUPPORT_TRACKER_URL", f"sqlite:///{VAR_DIR / 'rasa.sqlite3'}")
INTERNAL_TOKEN = env.str("SUPPORT_INTERNAL_TOKEN", "")
PHOTOS_URL = env.str("SUPPORT_PHOTOS_URL", "")
PHOTOS_DIR = Path(env.str("SUPPORT_PHOTOS_DIR", str(VAR_DIR / "photos")))
SUPPORT_ORDER_PREFIX = env.str("SUPPORT_ORDER_PREFIX", "SC")

# Turns: how many at once, how long one call to Rasa may take, how long it may be away before a person is asked.
DOMAIN_FILE = Path(env.str("SUPPORT_DOMAIN", str(BASE_DIR / "domain.yml")))
TURNS_AT_ONCE = env.int("SUPPORT_TURNS_AT_ONCE", 16)
TURN_TIMEOUT_S = env.float("SUPPORT_TURN_TIMEOUT_S", 30)
TURN_PATIENCE_S = env.float("SUPPORT_TURN_PATIENCE_S", 60)
TURN_LEASE_S = env.float("SUPPORT_TURN_LEASE_S", 15)

# Cases: how long before a promise is broken people are reminded, when what is over closes, where goods are sent.
REMIND_CUSTOMER_HOURS = env.float("SUPPORT_REMIND_CUSTOMER_HOURS", 39)
REMIND_DESK_HOURS = env.float("SUPPORT_REMIND_DESK_HOURS", 24)
CLOSE_CASES_DAYS = env.int("SUPPORT_CLOSE_CASES_DAYS", 14)
RETURN_ADDRESS = env.str("SUPPORT_RETURN_ADDRESS", "")

# When people are there (R.hours): HH:MM-HH:MM of the wall clock in this zone, across midnight if need be.
HOURS = env.str("SUPPORT_HOURS", "18:30-04:00")
HOURS_TIMEZONE = env.str("SUPPORT_HOURS_TIMEZONE", "America/Los_Angeles")

# A helpdesk beside the desk (empty: none): its address with our account there, its queue, and who its agents are.
HELPDESK_URL = env.str("SUPPORT_HELPDESK_URL", "")
HELPDESK_QUEUE = env.int("SUPPORT_HELPDESK_QUEUE", 1)
HELPDESK_AGENTS = env.str("SUPPORT_HELPDESK_AGENTS", "")

# The chat API: how often (count/seconds, 0: no limit), behind how many proxies of ours, from which other origins.
LIMITS = {
    "messages": env.str("SUPPORT_LIMIT_MESSAGES", "120/30"),
    "photos": env.str("SUPPORT_LIMIT_PHOTOS", "40/60"),
    "photos_of_address": env.str("SUPPORT_LIMIT_PHOTOS_OF_ADDRESS", "200/60"),
    "conversations": env.str("SUPPORT_LIMIT_CONVERSATIONS", "600/60"),
    "requests": env.str("SUPPORT_LIMIT_REQUESTS", "3000/10"),
}
KEEP_PHOTOS_DAYS = env.int("SUPPORT_KEEP_PHOTOS_DAYS", 365)
KEEP_TRANSCRIPTS_DAYS = env.int("SUPPORT_KEEP_TRANSCRIPTS_DAYS", 730)
HEARTBEAT_S = env.float("SUPPORT_HEARTBEAT_S", 15)
KEEP_UNSENT_PHOTOS_HOURS = env.float("SUPPORT_KEEP_UNSENT_PHOTOS_HOURS", 24)
PROXIES = env.int("SUPPORT_PROXIES", 0)
CORS_ORIGINS = env.list("SUPPORT_CORS_ORIGINS", default=[])

# The log: text, or JSON lines once the process runs (support/telemetry/logs.py).
LOG_FORMAT = env.str("SUPPORT_LOG_FORMAT", "text")

# What goes wrong in a request is said on standard error, which `support run` gathers; Django alone would only mail it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "filters": {"no_probe": {"()": "support.telemetry.logs.NoProbe"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.request": {"filters": ["no_probe"]},
    },
}

# The desk: who signs in at /desk/, and what the browser keeps for it. Without a proxy of ours the web process speaks
# plain HTTP; behind one, the browser speaks HTTPS.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/desk/sign-in"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "desk", "desk_form"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PROXIES > 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "support.desk.doors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "support.desk.sign_in.client_address"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware only words the refusal, which our sign-in page does itself

# Mail: where customers write to, where letters come from and go to (empty: folders in MAIL_DIR), links in letters.
MAIL_DIR = Path(env.str("SUPPORT_MAIL_DIR", str(VAR_DIR / "mail")))
MAIL_ADDRESS = env.str("SUPPORT_MAIL_ADDRESS", "support@soocas.example")
MAIL_NAME = env.str("SUPPORT_MAIL_NAME", "SOOCAS Support")
MAIL_IN = env.str("SUPPORT_MAIL_IN", "")
MAIL_OUT = env.str("SUPPORT_MAIL_OUT", "")
MAIL_ARCHIVE = env.str("SUPPORT_MAIL_ARCHIVE", "")
MAIL_ARCHIVE_IN = env.str("SUPPORT_MAIL_ARCHIVE_IN", "")
MAIL_AUTHORITY = env.str("SUPPORT_MAIL_AUTHORITY", "")
MAIL_LOOK_S = env.float("SUPPORT_MAIL_LOOK_S", 0.25)
PUBLIC_URL = env.str("SUPPORT_PUBLIC_URL", "http://127.0.0.1:8000")
