"""Runs SQL with psql. Values never stand in the SQL: psql reads them from its environment and quotes them (:'name')."""

import os
import re
import subprocess
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

# Seconds. Shorter than the timeout of a handler (10 s), so that the reason reaches the journal.
CONNECT_SECONDS = 3
STATEMENT_SECONDS = 6

# SQLSTATE classes that are worth another attempt: connections, transactions, resources, operators, systems. Also 28, a
# wrong login: passwords are renewed, and what waits until then runs in order.
TEMPORARY = {"08", "25", "28", "40", "53", "55", "57", "58", "XX"}
# Classes that say that the values are wrong: they would be wrong again.
WRONG_DATA = {"22", "23"}


class Failure(Exception):
    """Ends the script with an exit code of sysexits."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def identifier(name):
    """A name in SQL: quoted, so that any name of a table or column will do. A dot parts schema and table."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def run_sql(url, sql, values):
    """Runs SQL in one transaction and returns its rows as lists of texts. `values` are its :'names'."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C.UTF-8",
        "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS),
        "PGCLIENTENCODING": "UTF8",
        "PGAPPNAME": "provisor-recipe",
        # An address in an argument would show its password to everybody who lists processes.
        **connection(url),
    }
    head = ["\\set VERBOSITY verbose"]
    for name, value in values.items():
        if "\0" in value:
            raise Failure(os.EX_DATAERR, f"{name} has a NUL, which PostgreSQL cannot store")
        environment["VALUE_" + name.upper()] = value
        head.append(f"\\getenv {name} VALUE_{name.upper()}")
    script = "\n".join(
        [*head, "begin;", f"set local statement_timeout = {STATEMENT_SECONDS * 1000};", sql.strip(), "commit;", ""]
    )
    command = ["psql", "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-R", "\x1e", "-f", "-"]
    try:
        done = subprocess.run(
            command,
            input=script.encode(),
            env=environment,
            capture_output=True,
            timeout=CONNECT_SECONDS + STATEMENT_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise Failure(os.EX_UNAVAILABLE, "psql is not installed here: apt install postgresql-client") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(os.EX_TEMPFAIL, "PostgreSQL does not answer in time") from error
    complaint = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode != 0:
        raise Failure(exit_code(done.returncode, complaint), complaint)
    rows = done.stdout.decode("utf-8").rstrip("\n").rstrip("\x1e")
    return [row.split("\x1f") for row in rows.split("\x1e")] if rows else []


def connection(url):
    """postgres://user:password@host:port/database as variables of libpq."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise Failure(os.EX_CONFIG, "the database has to be postgres://user:password@host:port/database")
    names = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "host": "PGHOST"}
    settings = {names[name]: value for name, value in parse_qsl(parts.query) if name in names}
    if parts.hostname:
        settings["PGHOST"] = unquote(parts.hostname)
    if parts.port:
        settings["PGPORT"] = str(parts.port)
    if parts.username:
        settings["PGUSER"] = unquote(parts.username)
    if parts.password:
        settings["PGPASSWORD"] = unquote(parts.password)
    if parts.path.strip("/"):
        settings["PGDATABASE"] = unquote(parts.path[1:])
    return settings


def exit_code(status, complaint):
    """Which failures are worth another attempt: psql ends with 2 where the connection is bad, with 3 where a statement is."""
    state = re.search(r"(?:ERROR|FATAL|PANIC): +([0-9A-Z]{5}):", complaint)
    if state is None:
        return os.EX_TEMPFAIL if status == 2 else os.EX_SOFTWARE
    kind = state[1][:2]
    if kind in TEMPORARY:
        return os.EX_TEMPFAIL
    if kind in WRONG_DATA:
        return os.EX_DATAERR
    # A table, column or right that is not there: the settings and the database differ.
    return os.EX_CONFIG


def run(main):
    """Runs `main` and ends with the exit code that says what happened."""
    try:
        print(main())
        sys.exit(os.EX_OK)
    except Failure as failure:
        print(failure, file=sys.stderr)
        sys.exit(failure.code)
    except UnicodeError:
        print("a value of the event is no text: half of a character", file=sys.stderr)
        sys.exit(os.EX_DATAERR)
