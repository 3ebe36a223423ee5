"""Django's settings, from the environment. Every choice a force makes is named `FELLWATCH_…`."""

import os
import secrets
import warnings
from pathlib import Path

from fellwatch.config import databases, jobs

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "fellwatch"
VAR = Path(os.environ.get("FELLWATCH_VAR", "var")).resolve()

DEMONSTRATION = os.environ.get("FELLWATCH_DEMONSTRATION") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("FELLWATCH_SECRET_KEY") or secrets.token_urlsafe(48)
ALLOWED_HOSTS = os.environ.get("FELLWATCH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("FELLWATCH_ORIGINS", "").split(",") if o]

# A command beside a running demonstration is of the same force; signing in by one click stays with the setting.
INVENTED = DEMONSTRATION or (VAR / "demonstration").exists()
FELLWATCH_FORCE = os.environ.get("FELLWATCH_FORCE", "X23000099" if INVENTED else "")
FELLWATCH_FORCE_NAME = os.environ.get("FELLWATCH_FORCE_NAME", "Fellshire Police" if INVENTED else "")
FELLWATCH_FORCE_FOLDER = os.environ.get("FELLWATCH_FORCE_FOLDER", "fellshire" if INVENTED else "")
FELLWATCH_WORDING = os.environ.get("FELLWATCH_WORDING", "")
FELLWATCH_RECOVERY_KEY = Path(os.environ.get("FELLWATCH_RECOVERY_KEY", str(VAR / "recovery_public.pem")))
FELLWATCH_EXCHANGE_KEY = Path(os.environ.get("FELLWATCH_EXCHANGE_KEY", str(VAR / "exchange_key.pem")))
FELLWATCH_ADDRESS = os.environ.get("FELLWATCH_ADDRESS", "http://localhost:8000").rstrip("/")
FELLWATCH_NOTIFY_KEY = os.environ.get("FELLWATCH_NOTIFY_KEY", "")
FELLWATCH_NOTIFY_URL = os.environ.get("FELLWATCH_NOTIFY_URL", "")
FELLWATCH_NOTIFY_MAIL = os.environ.get("FELLWATCH_NOTIFY_MAIL", "")
FELLWATCH_NOTIFY_TEXT = os.environ.get("FELLWATCH_NOTIFY_TEXT", "")
EMAIL_HOST = os.environ.get("FELLWATCH_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("FELLWATCH_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("FELLWATCH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FELLWATCH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("FELLWATCH_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("FELLWATCH_SMTP_FROM", "fellwatch@localhost")
FELLWATCH_POST = "notify" if FELLWATCH_NOTIFY_KEY else "smtp" if EMAIL_HOST else "nobody"
FELLWATCH_ADULT_WOMEN = int(os.environ.get("FELLWATCH_ADULT_WOMEN", "210000"))
FELLWATCH_QUIET_PATH = os.environ.get("FELLWATCH_QUIET_PATH", "walks").strip("/")
FELLWATCH_QUIET_NAME = os.environ.get("FELLWATCH_QUIET_NAME", "Fell Walks")
FELLWATCH_QUIET_ICON = os.environ.get("FELLWATCH_QUIET_ICON", "hill")
FELLWATCH_QUIET_WORD = os.environ.get("FELLWATCH_QUIET_WORD", "harebell")
FELLWATCH_QUIET_EXIT = os.environ.get("FELLWATCH_QUIET_EXIT", "https://www.metoffice.gov.uk/")
FELLWATCH_QUIET_KEY = Path(os.environ.get("FELLWATCH_QUIET_KEY", str(VAR / "quiet_key.pem")))
FELLWATCH_SECOND_FACTOR = not DEMONSTRATION and os.environ.get("FELLWATCH_SECOND_FACTOR") != "optional"
FELLWATCH_OIDC_CLAIM = os.environ.get("FELLWATCH_OIDC_CLAIM", "preferred_username")
FELLWATCH_ROLES = "fellwatch.config.roles.ROLES"
FELLWATCH_TABLES = "fellwatch.config.tables.TABLES"
FELLWATCH_FLOOR = "fellwatch.config.tables.FLOOR"
FELLWATCH_IMPORT_DAYS = int(os.environ.get("FELLWATCH_IMPORT_DAYS", "90"))
FELLWATCH_IMPORTERS = "fellwatch.config.imports.IMPORTERS"
FELLWATCH_RULEBOOK = Path(os.environ.get("FELLWATCH_RULEBOOK", str(ROOT / "rulebook")))

_application, _owner = databases.addresses()
DATABASES = {
    "default": {
        **databases.django(
            _application,
            pool={"min_size": 1, "max_size": int(os.environ.get("FELLWATCH_POOL", "16"))},
            # Planned once a connection, not once a call: row policies make planning dear.
            server_side_binding=True,
            prepare_threshold=3,
        ),
        "CONN_MAX_AGE": 0,
    },
    "owner": databases.django(_owner),
}
DATABASE_ROUTERS = ["fellwatch.config.router.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Wrong passwords are counted here, for all processes together. What is over the most is thrown away, counts that still
# hold as well: the most is more than anybody can fill in the minutes that a count holds.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

INSTALLED_APPS = [
    "fellwatch.foundation.apps.FoundationConfig",
    "fellwatch.records.apps.RecordsConfig",
    "fellwatch.recognition.apps.RecognitionConfig",
    "fellwatch.duties.apps.DutiesConfig",
    "fellwatch.assessments.apps.AssessmentsConfig",
    "fellwatch.communities.apps.CommunitiesConfig",
    "fellwatch.sharing.apps.SharingConfig",
    "fellwatch.exchange.apps.ExchangeConfig",
    "fellwatch.orders.apps.OrdersConfig",
    "fellwatch.meetings.apps.MeetingsConfig",
    "fellwatch.contact.apps.ContactConfig",
    "fellwatch.safeguarding.apps.SafeguardingConfig",
    "fellwatch.safeguarding.helping.apps.HelpingConfig",
    "fellwatch.response.apps.ResponseConfig",
    "fellwatch.surveys.apps.SurveysConfig",
    "fellwatch.measures.apps.MeasuresConfig",
    "fellwatch.handheld.apps.HandheldConfig",
    "fellwatch.shell.apps.ShellConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fellwatch.shell.middleware.headers",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fellwatch.shell.middleware.plain_words",
    "fellwatch.shell.middleware.signed_in",
]

ROOT_URLCONF = "fellwatch.config.urls"
ASGI_APPLICATION = "fellwatch.config.asgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE / "shell" / "templates",
            PACKAGE / "communities" / "pages" / "templates",
            PACKAGE / "contact" / "pages" / "templates",
            PACKAGE / "safeguarding" / "pages" / "templates",
            PACKAGE / "response" / "pages" / "templates",
            PACKAGE / "surveys" / "pages" / "templates",
            PACKAGE / "portal" / "pages" / "templates",
            PACKAGE / "cards" / "pages" / "templates",
            PACKAGE / "measures" / "pages" / "templates",
            PACKAGE / "handheld" / "pages" / "templates",
            PACKAGE / "quiet" / "pages" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "fellwatch.shell.jinja.environment",
            "context_processors": [*_CONTEXT, "fellwatch.shell.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("FELLWATCH_TLS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None

AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "fellwatch.shell.accounts.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# A station signs in at one address when its shift begins: an address is slowed late, a name that is guessed at soon.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "120/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("FELLWATCH_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SESSION_COOKIE_SECURE
MFA_TOTP_ISSUER = "Fellwatch"
MFA_FORMS = {"add_webauthn": "fellwatch.shell.authenticators.AddKey"}
SOCIALACCOUNT_ADAPTER = "fellwatch.shell.accounts.KnownPeopleOnly"
# A link, not a form: the page's own policy lets a form lead nowhere else, not even to the force's sign-in.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "force",
                    "name": os.environ.get("FELLWATCH_OIDC_NAME", "Force sign-in"),
                    "client_id": os.environ["FELLWATCH_OIDC_CLIENT"],
                    "secret": os.environ.get("FELLWATCH_OIDC_SECRET", ""),
                    "settings": {"server_url": os.environ["FELLWATCH_OIDC_SERVER"]},
                }
            ]
        }
    }
    if os.environ.get("FELLWATCH_OIDC_CLIENT")
    else {}
)

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A form of 1,000,000 letters of any script, as a browser encodes it, is answered beside its field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
WHITENOISE_MANIFEST_STRICT = False

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
SILENCED_SYSTEM_CHECKS = ["models.W042"]

PROCRASTINATE_IMPORT_PATHS = jobs.IMPORT_PATHS
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
# Static files are small and come from memory; Django warns about each one served over ASGI.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("FELLWATCH_LOG", "WARNING")},
}
