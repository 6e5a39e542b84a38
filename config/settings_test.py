"""Settings for the tests: the site's own, with a key and quick password hashes.

``DATABASE_URL`` chooses the database server; Django makes a test database of its own there.
"""

from config.settings import *  # noqa: F403

SECRET_KEY = "a-key-for-tests-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
