"""The environment's variables, what is refused without them, and what every response carries."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from cases.data_dictionary import data_dictionary
from cases.management.commands import data_dictionary as data_dictionary_command
from config import env

SQLITE = "sqlite:///site.sqlite3"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(("1", True), ("true", True), (" Yes ", True), ("ON", True)),
        *(("0", False), ("false", False), ("no", False), ("Off", False)),
        ("", True),
    ],
)
def test_read_bool(monkeypatch, word, expected):
    monkeypatch.setenv("CASEBOOK_TEST", word)
    assert env.read_bool("CASEBOOK_TEST", default=True) is expected


@pytest.mark.parametrize(("digits", "expected"), [("0", 0), ("3600", 3600), (" 7 ", 7), ("", 60)])
def test_read_int(monkeypatch, digits, expected):
    monkeypatch.setenv("CASEBOOK_TEST", digits)
    assert env.read_int("CASEBOOK_TEST", default=60) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("a.example", ["a.example"]), (" a.example , b.example,", ["a.example", "b.example"])],
)
def test_read_list(monkeypatch, text, expected):
    monkeypatch.setenv("CASEBOOK_TEST", text)
    assert env.read_list("CASEBOOK_TEST") == expected


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("", "sqlite3", "site.sqlite3"),
        ("sqlite:////srv/casebook.sqlite3", "sqlite3", "/srv/casebook.sqlite3"),
        ("sqlite://:memory:", "sqlite3", ":memory:"),
        ("postgres://editor:p%40ss@db.example:5433/cases", "postgresql", "cases"),
        ("postgresql://editor@db.example/cases", "postgresql", "cases"),
    ],
)
def test_read_database(monkeypatch, url, engine, name):
    monkeypatch.setenv("CASEBOOK_TEST", url)
    database = env.read_database("CASEBOOK_TEST", default=SQLITE)
    assert (database["ENGINE"], database["NAME"]) == (f"django.db.backends.{engine}", name)


def test_the_parts_of_a_database_url(monkeypatch):
    monkeypatch.setenv("CASEBOOK_TEST", "postgres://editor:p%40ss@db.example:5433/cases?sslmode=require")
    database = env.read_database("CASEBOOK_TEST", default=SQLITE)
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT")] == [
        "editor",
        "p@ss",
        "db.example",
        5433,
    ]
    assert database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("read", "value", "told"),
    [
        (lambda name: env.read_bool(name, default=False), "maybe", ["'maybe'", "true", "off"]),
        (lambda name: env.read_int(name, default=0), "many", ["'many'", "whole number"]),
        (lambda name: env.read_int(name, default=0), "-1", ["'-1'", "0 or more"]),
        (lambda name: env.read_int(name, default=0), "1.5", ["'1.5'", "whole number"]),
        (lambda name: env.read_database(name, SQLITE), "cases.sqlite3", ["sqlite:///FILE", "postgres://"]),
        (lambda name: env.read_database(name, SQLITE), "mysql://root@localhost/cases", ["'mysql://…'"]),
        (lambda name: env.read_database(name, SQLITE), "postgres://host:port/cases", ["'postgres://…'"]),
        (lambda name: env.read_database(name, SQLITE), "postgres://[::1/cases", ["'postgres://…'"]),
        (lambda name: env.read_database(name, SQLITE), "postgres://host", ["'postgres://…'"]),
    ],
)
def test_a_wrong_value_is_named_with_what_is_accepted(monkeypatch, read, value, told):
    monkeypatch.setenv("CASEBOOK_TEST", value)
    with pytest.raises(ImproperlyConfigured) as error:
        read("CASEBOOK_TEST")
    for words in ["CASEBOOK_TEST", *told]:
        assert words in str(error.value)


def test_a_password_is_not_shown(monkeypatch):
    monkeypatch.setenv("CASEBOOK_TEST", "mysql://root:hunter2@localhost/cases")
    with pytest.raises(ImproperlyConfigured) as error:
        env.read_database("CASEBOOK_TEST", SQLITE)
    assert "hunter2" not in str(error.value)


def run_python(statement: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a statement in a new interpreter that knows only these variables of ours."""
    ours = ("DJANGO_", "DATABASE_URL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore:No directory at", "-c", statement],
        env={**inherited, "DJANGO_SETTINGS_MODULE": "config.settings", **variables},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_serving_without_a_key_is_refused():
    refused = run_python("import config.wsgi")
    assert refused.returncode == 1
    assert "DJANGO_SECRET_KEY is not set" in refused.stderr


@pytest.mark.parametrize("variables", [{"DJANGO_SECRET_KEY": "k" * 50}, {"DJANGO_DEBUG": "1"}])
def test_serving_with_a_key_or_debugging(variables):
    served = run_python("import config.wsgi", **variables)
    assert served.returncode == 0, served.stderr


def test_a_command_needs_no_variable():
    checked = run_python(
        "from django.core.management import execute_from_command_line as run; run(['manage.py', 'check'])"
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("variables", "setting", "expected"),
    [
        ({}, "DEBUG", False),
        ({}, "SESSION_COOKIE_SECURE", True),
        ({"DJANGO_DEBUG": "1"}, "SESSION_COOKIE_SECURE", False),
        ({"DJANGO_HTTPS": "0"}, "CSRF_COOKIE_SECURE", False),
        ({"DJANGO_ALLOWED_HOSTS": "a.example,b.example"}, "ALLOWED_HOSTS", ["a.example", "b.example"]),
        ({"DJANGO_HSTS_SECONDS": "60"}, "SECURE_HSTS_SECONDS", 60),
        (
            {"DJANGO_CSRF_TRUSTED_ORIGINS": "https://a.example"},
            "CSRF_TRUSTED_ORIGINS",
            ["https://a.example"],
        ),
        ({}, "SECURE_PROXY_SSL_HEADER", None),
        ({"DJANGO_BEHIND_PROXY": "1"}, "SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https")),
    ],
)
def test_settings_follow_the_environment(variables, setting, expected):
    shown = run_python(f"from django.conf import settings; print(repr(settings.{setting}))", **variables)
    assert shown.stdout.strip() == repr(expected), shown.stderr


def test_sqlite_has_foreign_keys_and_a_write_ahead_log(tmp_path):
    pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
    shown = run_python(
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        f"    for pragma in {pragmas!r}:\n"
        "        print(*cursor.execute(f'PRAGMA {pragma}').fetchone())",
        DATABASE_URL=f"sqlite:///{tmp_path / 'site.sqlite3'}",
    )
    assert shown.stdout.split() == ["wal", "1", "1", "20000"], shown.stderr


@pytest.mark.django_db
def test_healthz(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_healthz_without_a_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/healthz").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/no-such-page"])
def test_every_response_has_a_strict_content_policy(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@override_settings(DEBUG=True, ALLOWED_HOSTS=["testserver"])
def test_debugging_pages_keep_their_inline_styles():
    response = Client(raise_request_exception=False).get("/no-such-page")
    assert response.status_code == 404
    assert "Content-Security-Policy" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "words"), [("zh-hans", "登录"), ("en", "Log in")])
def test_the_language_can_be_chosen(client, code, words):
    chosen = client.post("/i18n/setlang/", {"language": code, "next": "/admin/login/"})
    assert chosen.status_code == 302
    assert words in client.get("/admin/login/").content.decode()


@pytest.mark.django_db
def test_chinese_comes_first(client):
    assert 'lang="zh-hans"' in client.get("/admin/login/").content.decode()


def test_the_data_dictionary_names_fields_and_constraints():
    dictionary = data_dictionary()
    assert "| `path` | Char(" in dictionary
    assert "- `region_not_own_parent`: `parent IS NULL OR NOT (parent = id)`" in dictionary
    assert "- `metric_source_span_unique`: unique `source`, `start`, `end`" in dictionary


def test_a_stale_data_dictionary_is_told(monkeypatch, tmp_path):
    stale = tmp_path / "data-dictionary.md"
    stale.write_text("# Data dictionary\n", encoding="utf-8")
    monkeypatch.setattr(data_dictionary_command, "FILE", stale)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(CommandError, match=r"data-dictionary\.md"):
        call_command("data_dictionary", check=True)
    assert stale.read_text(encoding="utf-8") == "# Data dictionary\n"
    call_command("data_dictionary")
    call_command("data_dictionary", check=True)


@pytest.mark.django_db
def test_pages_are_chinese_until_the_reader_chooses_english(client):
    asks_english = {"accept-language": "en-US,en"}
    assert 'lang="zh-hans"' in client.get("/", headers=asks_english).content.decode().lower()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert 'lang="en"' in client.get("/").content.decode()
