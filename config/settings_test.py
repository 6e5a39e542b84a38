"""Settings for the tests: the site's own, with a key and quick password hashes.

``DATABASE_URL`` chooses the database server; Django makes a test database of its own there.
"""

import zlib

from config.settings import *  # noqa: F403

SECRET_KEY = "a-key-for-tests-only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # looks for a file when it is asked for, not for all at each start
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False

if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    # Two checkouts that test on one server at the same time must not meet.
    checkout = zlib.crc32(str(BASE_DIR).encode())  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}_{checkout:08x}"}  # noqa: F405
