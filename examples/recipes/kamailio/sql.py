"""Runs SQL with the client of PostgreSQL (psql), or of MariaDB and MySQL (mariadb, mysql).

Values stand in the SQL as the numbers of their characters, so that none of them can be anything else than a value.
"""

import os
import re
import shutil
import subprocess
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

# Seconds. Shorter than the timeout of a handler (10 s), so that the reason reaches the journal.
CONNECT_SECONDS = 3
STATEMENT_SECONDS = 6

EXPECTED_URL = (
    "[database] url has to be postgres://user:password@host:port/database or mysql://…, "
    "with %40 for @, %2F for /, %23 for #, %3F for ? and %25 for % in a password"
)


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
    place = parsed(url)
    database = MySQL if place.scheme in ("mysql", "mariadb") else PostgreSQL
    for name, value in values.items():
        if b"\0" in value.encode():
            raise Failure(os.EX_DATAERR, f"{name} has a NUL, which no column holds")
    filled = re.sub(r":'(\w+)'", lambda match: database.literal(values[match[1]]), sql)
    command, environment = database.client(place)
    try:
        done = subprocess.run(
            command,
            input=f"{database.begin}\n{filled.strip()}\ncommit;\n".encode(),
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", **environment},
            capture_output=True,
            timeout=CONNECT_SECONDS + STATEMENT_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise Failure(os.EX_UNAVAILABLE, f"{command[0]} is not installed here: apt install {database.package}") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(os.EX_TEMPFAIL, f"the database does not answer within {CONNECT_SECONDS + STATEMENT_SECONDS} s") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        # Not what else a client shows, such as the statement or the row: they have passwords.
        complaint = "\n".join(re.findall(database.complaint, said, re.MULTILINE)) or said
        raise Failure(database.exit_code(done.returncode, complaint), complaint)
    return database.rows(done.stdout.decode("utf-8", "replace"))


def parsed(url):
    try:
        place = urlsplit(url)
        if place.scheme in ("postgres", "postgresql", "mysql", "mariadb") and place.port != 0 and not place.fragment:
            return place
    except ValueError:
        pass  # As of a port that is no number: behind a password with a slash, for example.
    raise Failure(os.EX_CONFIG, EXPECTED_URL)


class PostgreSQL:
    package = "postgresql-client"
    begin = f"\\set VERBOSITY verbose\nbegin;\nset local statement_timeout = {STATEMENT_SECONDS * 1000};"

    # "ERROR:  42P01: …", in any language.
    complaint = r"\w+:  [0-9A-Z]{5}: .*"
    # SQLSTATE classes that are worth another attempt: connections, transactions, resources, operators, systems. Also
    # 28, a wrong login: passwords are renewed, and what waits until then runs in order.
    temporary = {"08", "25", "28", "40", "53", "55", "57", "58", "XX"}
    # Values that would be wrong again: out of range, there already, against a check.
    wrong_data = ("22", "23505", "23514", "23P01")

    @staticmethod
    def literal(text):
        return "U&'" + "".join(c if c.isascii() and c.isalnum() else f"\\+{ord(c):06X}" for c in text) + "'"

    @staticmethod
    def client(place):
        # An address in an argument would show its password to everybody who lists processes.
        query = dict(parse_qsl(place.query))
        settings = {
            "PGHOST": query.get("host") or unquote(place.hostname or ""),
            "PGPORT": str(place.port or ""),
            "PGUSER": unquote(place.username or ""),
            "PGPASSWORD": unquote(place.password or ""),
            "PGDATABASE": unquote(place.path[1:]),
            "PGSSLMODE": query.get("sslmode", ""),
            "PGSSLROOTCERT": query.get("sslrootcert", ""),
            "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS),
            "PGCLIENTENCODING": "UTF8",
            "PGAPPNAME": "provisor-recipe",
        }
        command = ["psql", "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-R", "\x1e", "-f", "-"]
        return command, {name: value for name, value in settings.items() if value}

    @staticmethod
    def rows(output):
        rows = output.rstrip("\n").rstrip("\x1e")
        return [row.split("\x1f") for row in rows.split("\x1e")] if rows else []

    @classmethod
    def exit_code(cls, status, complaint):
        """psql ends with 2 where the connection is bad, with 3 where a statement is."""
        state = re.search(r":  ([0-9A-Z]{5}): ", complaint)
        if state is None:
            return os.EX_TEMPFAIL if status == 2 else os.EX_SOFTWARE
        if state[1][:2] in cls.temporary:
            return os.EX_TEMPFAIL
        # The rest: a table, a right or a value for a column is missing. The settings and the database differ.
        return os.EX_DATAERR if state[1].startswith(cls.wrong_data) else os.EX_CONFIG


class MySQL:
    package = "mariadb-client"
    # MariaDB alone knows max_statement_time.
    begin = (
        "set sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES', "
        f"innodb_lock_wait_timeout = {STATEMENT_SECONDS}, lock_wait_timeout = {STATEMENT_SECONDS}"
        f" /*M! , max_statement_time = {STATEMENT_SECONDS} */;\nstart transaction;"
    )
    complaint = r"^ERROR \d.*"
    # Errors by number, as most have no SQLSTATE of their own. Limits of a user are worth another attempt.
    temporary = {1203, 1226}
    temporary_states = {"HY", "08", "25", "28", "40", "70"}
    # Letters that the column has not, twice what is unique, against a check.
    wrong_data = {1267, 1366, 1062, 3819, 4025}
    # A column without a default.
    wrong_settings = {1364}

    @staticmethod
    def literal(text):
        return f"_utf8mb4 X'{text.encode().hex()}'"

    @staticmethod
    def client(place):
        query = dict(parse_qsl(place.query))
        # Newer MariaDB has no program of the name mysql, and MySQL none of the name mariadb.
        command = ["mariadb" if shutil.which("mariadb") else "mysql", "--no-defaults", "--batch", "--skip-column-names"]
        command += ["--default-character-set=utf8mb4", f"--connect-timeout={CONNECT_SECONDS}"]
        options = {
            "host": unquote(place.hostname or ""),
            "port": str(place.port or ""),
            "protocol": "tcp" if place.port else "",
            "socket": query.get("socket", ""),
            "user": unquote(place.username or ""),
            "database": unquote(place.path[1:]),
            "ssl-ca": query.get("sslrootcert", ""),
        }
        command += [f"--{name}={value}" for name, value in options.items() if value]
        # The two clients call it differently, and skip what they do not know after "loose".
        modes = {
            "": ["--loose-skip-ssl-verify-server-cert"],
            "disable": ["--loose-skip-ssl", "--loose-ssl-mode=DISABLED"],
            "verify-full": ["--ssl", "--loose-ssl-verify-server-cert", "--loose-ssl-mode=VERIFY_IDENTITY"],
        }
        mode = query.get("sslmode", "")
        if mode not in modes:
            raise Failure(os.EX_CONFIG, "sslmode of a mysql:// has to be disable or verify-full")
        return command + modes[mode], {"MYSQL_PWD": unquote(place.password or "")}

    @staticmethod
    def rows(output):
        escapes = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
        unescaped = lambda text: re.sub(r"\\([nt0\\])", lambda match: escapes[match[1]], text)
        return [[unescaped(field) for field in line.split("\t")] for line in output.splitlines()]

    @classmethod
    def exit_code(cls, _status, complaint):
        error = re.search(r"ERROR (\d+) \(([0-9A-Z]{2})", complaint)
        if error is None:
            return os.EX_SOFTWARE
        number, state = int(error[1]), error[2]
        if number in cls.wrong_settings:
            return os.EX_CONFIG
        if number in cls.wrong_data or state == "22":
            return os.EX_DATAERR
        return os.EX_TEMPFAIL if number in cls.temporary or state in cls.temporary_states else os.EX_CONFIG


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
