"""Django's settings. What an operator can change is read in `environment`."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from brygga.config.environment import CURRENT, mail_server, unsafe

MODE = CURRENT.text("BRYGGA_MODE")
PRODUCTION = MODE == "production"
if PRODUCTION and (faults := unsafe(CURRENT)):
    raise ImproperlyConfigured("Unsafe for production:\n- " + "\n- ".join(faults))

# Who we are and where
DEBUG = False
SECRET_KEY = CURRENT.text("BRYGGA_SECRET_KEY") or get_random_secret_key()
BRYGGA_ADDRESS = CURRENT.text("BRYGGA_ADDRESS").rstrip("/")
ALLOWED_HOSTS = CURRENT.hosts
BRYGGA_DATA = CURRENT.folder("BRYGGA_DATA")
BRYGGA_REAL_DATA = CURRENT.folder("BRYGGA_REAL_DATA")
BRYGGA_GROUNDS = CURRENT.text("BRYGGA_GROUNDS")
BRYGGA_ASSESSMENT_DAYS = CURRENT.number("BRYGGA_ASSESSMENT_DAYS")
BRYGGA_READING_DAYS = CURRENT.number("BRYGGA_READING_DAYS")
BRYGGA_RUN_BY = CURRENT.text("BRYGGA_RUN_BY")
BRYGGA_ACCESSIBILITY_DAYS = CURRENT.number("BRYGGA_ACCESSIBILITY_DAYS")
BRYGGA_TRUSTED_PROXIES = CURRENT.names("BRYGGA_TRUSTED_PROXIES")
ROOT_URLCONF = "brygga.config.urls"
ASGI_APPLICATION = "brygga.config.asgi.application"

# Apps, from the highest floor to the lowest
INSTALLED_APPS = [
    "brygga.config.demo",
    "brygga.portal",
    "brygga.tools.perspectives",
    "brygga.tools.outcomes",
    "brygga.tools.register",
    "brygga.dialogues",
    "brygga.accounts",
    "brygga.core.mail",
    "brygga.core.jobs",
    "brygga.core.attendance",
    "brygga.core.editing",
    "brygga.core.undo",
    "brygga.core.limits",
    "brygga.core.files",
    "brygga.core.richtext",
    "brygga.core.audit",
    "brygga.core.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_prose_editor",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "django.forms",  # below core.ui, whose form templates come first
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "brygga.core.http.text_only.TextOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "brygga.core.http.private_pages.PrivatePagesMiddleware",
    "brygga.core.ui.language.LanguageMiddleware",
    "brygga.core.ui.theme.ThemeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "brygga.accounts.adapter.assurance.AssuranceMiddleware",
    "brygga.core.limits.requests.TooManyMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "brygga.core.ui.templatetags.ui",
                "brygga.core.richtext.templatetags.richtext",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "brygga.core.ui.context.page",
            ],
        },
    },
]
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees its own attributes and nothing else
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database and jobs
DATABASES = {"default": CURRENT.database}
CACHES = {  # shared by all processes, so that limits on signing in hold for all of them
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody floods the counters out of it
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Several at once, since a mail server may take minutes to answer; what went well need not be kept.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 4, "delete_jobs": "successful"}

# Language and time
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "brygga_language"
USE_I18N = True
FORMAT_MODULE_PATH = ["brygga.core.ui.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# Static files
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "brygga.core.ui.stylesheet.StylesheetFinder",
]
STATIC_URL = "/static/"
STATIC_ROOT = Path(BRYGGA_DATA) / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
WHITENOISE_AUTOREFRESH = MODE == "test"  # else each test client looks at every static file first
MEDIA_ROOT = Path(BRYGGA_DATA) / "files"
BRYGGA_FILE_BYTES = CURRENT.number("BRYGGA_FILE_MEGABYTES") * 2**20
BRYGGA_PICTURE_PIXELS = CURRENT.number("BRYGGA_PICTURE_MEGAPIXELS") * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "brygga.core.files.uploads.LimitedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dialogues:today"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "brygga.accounts.adapter.account.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "brygga.accounts.adapter.social.SocialAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "request_login_code": "brygga.accounts.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "brygga.accounts.forms.sign_in.WriteCodeForm",
}
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/m/ip,3/m/key"}  # many share a town hall's address
BRYGGA_SECOND_FACTOR_ROLES = CURRENT.second_factor_roles
MFA_ADAPTER = "brygga.accounts.adapter.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "brygga.accounts.forms.second_factor.SecondStepForm",
    "reauthenticate": "brygga.accounts.forms.second_factor.SecondStepAgainForm",
    "activate_totp": "brygga.accounts.forms.second_factor.SetUpAppForm",
    "login_webauthn": "brygga.accounts.forms.second_factor.PasskeySignInForm",
    "add_webauthn": "brygga.accounts.forms.second_factor.NewPasskeyForm",
    "edit_webauthn": "brygga.accounts.forms.second_factor.PasskeyNameForm",
}
MFA_TOTP_ISSUER = "Brygga"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
BRYGGA_SIGN_IN_LINKS = MODE == "local"  # links that sign the demo's people in

# Mail
MAIL_SERVER = mail_server(CURRENT.text("BRYGGA_MAIL_URL"))
DEFAULT_FROM_EMAIL = CURRENT.text("BRYGGA_MAIL_FROM")
EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
MAIL_ANSWER_WITHIN = 30  # seconds, for each answer of the mail server
MAIL_VERDICT_WITHIN = 300  # seconds, for the last one: scanners hold it back
MAIL_LARGEST = CURRENT.number("BRYGGA_MAIL_LARGEST") * 1024 * 1024  # bytes of enclosed files
MAIL_KEPT_FOR = timedelta(days=30)
MAIL_SECRETS_LIVE_FOR = timedelta(seconds=ACCOUNT_LOGIN_BY_CODE_TIMEOUT)

# Calling other systems
BRYGGA_OUTGOING_NETWORKS = CURRENT.names("BRYGGA_OUTGOING_NETWORKS")
BRYGGA_OUTGOING_PLAIN = not PRODUCTION

# Safety
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_ENGINE = "brygga.accounts.models.session"
BRYGGA_SESSION_AGE = timedelta(hours=CURRENT.number("BRYGGA_SESSION_HOURS"))
BRYGGA_SESSION_IDLE = timedelta(minutes=CURRENT.number("BRYGGA_IDLE_MINUTES"))
SESSION_COOKIE_AGE = int(BRYGGA_SESSION_AGE.total_seconds())
CSRF_FAILURE_VIEW = "brygga.core.ui.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
