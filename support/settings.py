"""Django's settings. Every value is an environment variable; .env.example documents each with its default."""

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
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "support.orders",
    "support.cases",
    "support.conversations",
    "support.widget",
]
MIDDLEWARE = [
    "support.widget.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "support.urls"
ASGI_APPLICATION = "support.asgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}]

DATABASES = {"default": env.db("SUPPORT_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'support.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
STATIC_URL = "static/"
APPEND_SLASH = False

# Where the processes find each other; all on loopback. The token guards Rasa's and the action server's doors.
RASA_URL = env.str("SUPPORT_RASA_URL", "http://127.0.0.1:5005")
INTERNAL_TOKEN = env.str("SUPPORT_INTERNAL_TOKEN", "")
PHOTOS_DIR = Path(env.str("SUPPORT_PHOTOS_DIR", str(VAR_DIR / "photos")))
SUPPORT_ORDER_PREFIX = env.str("SUPPORT_ORDER_PREFIX", "SC")

# Turns: how many at once, how long one call to Rasa may take, how long it may be away before a person is asked.
DOMAIN_FILE = Path(env.str("SUPPORT_DOMAIN", str(BASE_DIR / "domain.yml")))
TURNS_AT_ONCE = env.int("SUPPORT_TURNS_AT_ONCE", 16)
TURN_TIMEOUT_S = env.float("SUPPORT_TURN_TIMEOUT_S", 30)
TURN_PATIENCE_S = env.float("SUPPORT_TURN_PATIENCE_S", 60)
TURN_LEASE_S = env.float("SUPPORT_TURN_LEASE_S", 15)

# Cases: how long before a promise is broken people are reminded of it, and where goods are sent.
REMIND_CUSTOMER_HOURS = env.float("SUPPORT_REMIND_CUSTOMER_HOURS", 39)
REMIND_DESK_HOURS = env.float("SUPPORT_REMIND_DESK_HOURS", 24)
RETURN_ADDRESS = env.str("SUPPORT_RETURN_ADDRESS", "")

# The chat API: how often (count/seconds, 0: no limit), behind how many proxies of ours, from which other origins.
LIMITS = {
    "messages": env.str("SUPPORT_LIMIT_MESSAGES", "120/30"),
    "photos": env.str("SUPPORT_LIMIT_PHOTOS", "40/60"),
    "photos_of_address": env.str("SUPPORT_LIMIT_PHOTOS_OF_ADDRESS", "200/60"),
    "conversations": env.str("SUPPORT_LIMIT_CONVERSATIONS", "600/60"),
    "requests": env.str("SUPPORT_LIMIT_REQUESTS", "3000/10"),
}
KEEP_UNSENT_PHOTOS_HOURS = env.float("SUPPORT_KEEP_UNSENT_PHOTOS_HOURS", 24)
PROXIES = env.int("SUPPORT_PROXIES", 0)
CORS_ORIGINS = env.list("SUPPORT_CORS_ORIGINS", default=[])
