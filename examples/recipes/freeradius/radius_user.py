#!/usr/bin/env python3
"""Keeps the users of a FreeRADIUS in its PostgreSQL, and ends their sessions. Doing the same twice does it once.

usage: radius_user.py put|remove|block|unblock|disconnect USER

The event comes on stdin. Settings are in radius.ini beside this file; only its owner may read it. Exit codes are those
of sysexits: 65 the event is wrong, 75 try again, 78 the settings are wrong.
"""

import argparse
import base64
import configparser
import hashlib
import hmac
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from postgres import Failure, identifier, run, run_sql

SETTINGS = Path(__file__).resolve().parent / "radius.ini"
TABLES = ("radcheck", "radreply", "radusergroup", "radgroupcheck", "radacct", "nas")
# Seconds that a NAS may take for an answer, and how often it is asked: UDP loses packets.
ANSWER_SECONDS = 2
TRIES = 2
# Far more than one user has.
MOST_SESSIONS = 500


def main():
    parser = argparse.ArgumentParser(description="Keeps users of a FreeRADIUS, and ends their sessions.")
    parser.add_argument("action", choices=["put", "remove", "block", "unblock", "disconnect"])
    parser.add_argument("user", help="User-Name")
    parser.add_argument("--config", type=Path, default=SETTINGS)
    args = parser.parse_args()
    settings = read_settings(args.config)
    user = checked_user(args.user)
    actions = {"put": put, "remove": remove, "block": block, "unblock": unblock, "disconnect": disconnect}
    return actions[args.action](settings, user)


def put(settings, user):
    """Adds the user with a password, in the group of those who may log in; one who is blocked stays blocked."""
    radcheck, radusergroup = (identifier(settings["tables"][name]) for name in ("radcheck", "radusergroup"))
    sql = f"""
      delete from {radcheck} where username = :'username' and attribute = :'attribute';
      insert into {radcheck} (username, attribute, op, value) values (:'username', :'attribute', ':=', :'password');
      insert into {radusergroup} (username, groupname, priority) select :'username', :'active', 1
      where not exists (select 1 from {radusergroup} where username = :'username'
        and groupname in (:'active', :'blocked'));
    """
    values = {
        "username": user,
        "attribute": settings["attribute"],
        "password": password_of(settings, user),
        **groups(settings),
    }
    run_sql(settings["url"], sql, values)
    return f"{user} may log in"


def remove(settings, user):
    tables = [identifier(settings["tables"][name]) for name in ("radcheck", "radreply", "radusergroup")]
    sql = "\n".join(f"delete from {table} where username = :'username';" for table in tables)
    run_sql(settings["url"], sql, {"username": user})
    return f"{user} is gone"


def block(settings, user):
    """Moves the user to the group of the blocked, which is refused unless that group says something else already."""
    radgroupcheck = identifier(settings["tables"]["radgroupcheck"])
    sql = f"""
      insert into {radgroupcheck} (groupname, attribute, op, value) select :'blocked', 'Auth-Type', ':=', 'Reject'
      where not exists (select 1 from {radgroupcheck} where groupname = :'blocked');
    """
    move(settings, user, "active", "blocked", sql)
    return f"{user} is blocked"


def unblock(settings, user):
    move(settings, user, "blocked", "active")
    return f"{user} may log in"


def move(settings, user, source, destination, before=""):
    """Who was removed does not come back by a change of balance. The blocked group comes before all others (0)."""
    radcheck, radusergroup = (identifier(settings["tables"][name]) for name in ("radcheck", "radusergroup"))
    sql = f"""
      {before}
      delete from {radusergroup} where username = :'username' and groupname = :'{source}';
      insert into {radusergroup} (username, groupname, priority) select :'username', :'{destination}', {0 if destination == 'blocked' else 1}
      where exists (select 1 from {radcheck} where username = :'username')
        and not exists (select 1 from {radusergroup} where username = :'username' and groupname = :'{destination}');
    """
    run_sql(settings["url"], sql, {"username": user, **groups(settings)})


def groups(settings):
    return {"active": settings["active"], "blocked": settings["blocked"]}


def disconnect(settings, user):
    """Sends a Disconnect-Request (RFC 5176) to the NAS of each running session; one that fails keeps up no other."""
    sessions = running_sessions(settings, user)
    failures, silent = [], set()
    for nas, session, secret in sessions:
        # A NAS that does not answer would take its time again for each session.
        if nas in silent:
            continue
        try:
            end_session(settings, user, nas, session, secret)
        except Failure as failure:
            failures.append(failure)
            if failure.code == os.EX_TEMPFAIL:
                silent.add(nas)
    if failures:
        # What may work later is tried again, and with it what is wrong.
        worst = next((failure for failure in failures if failure.code == os.EX_TEMPFAIL), failures[0])
        raise Failure(worst.code, "; ".join(str(failure) for failure in failures))
    return f"sessions of {user} that are ended: {len(sessions)}"


def running_sessions(settings, user):
    radacct, nas = (identifier(settings["tables"][name]) for name in ("radacct", "nas"))
    # The table of NAS may be empty, or there may be none: then the secret of the settings counts.
    secret = f"(select secret from {nas} where nasname = host(nasipaddress) limit 1)" if settings["nas_table"] else "null"
    sql = f"""
      select host(nasipaddress), acctsessionid, coalesce({secret}, '') from {radacct}
      where username = :'username' and acctstoptime is null
      order by acctstarttime desc limit {MOST_SESSIONS};
    """
    return run_sql(settings["url"], sql, {"username": user})


def end_session(settings, user, nas, session, secret):
    secret = secret or settings["secrets"].get(nas) or settings["secrets"].get("default")
    if not secret:
        raise Failure(os.EX_CONFIG, f"no secret for the NAS {nas}: see [nas] in {SETTINGS.name}")
    host = f"[{nas}]" if ":" in nas else nas
    request = f"User-Name = {quoted(user)}\nAcct-Session-Id = {quoted(session)}\n"
    read, write = os.pipe()
    os.write(write, secret.encode() + b"\n")
    os.close(write)
    command = ["radclient", "-x", "-r", str(TRIES), "-t", str(ANSWER_SECONDS), "-S", f"/dev/fd/{read}"]
    try:
        done = subprocess.run(
            [*command, f"{host}:{settings['port']}", "disconnect"],
            input=request.encode(),
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            pass_fds=[read],
            timeout=TRIES * ANSWER_SECONDS + 3,
            check=False,
        )
    except FileNotFoundError as error:
        raise Failure(os.EX_UNAVAILABLE, "radclient is not installed here: apt install freeradius-utils") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(os.EX_TEMPFAIL, f"the NAS {nas} does not answer") from error
    finally:
        os.close(read)
    judge(nas, session, (done.stdout + done.stderr).decode("utf-8", "replace"))


def judge(nas, session, said):
    """What the NAS answered. A session that it does not know has ended: 503 of Error-Cause."""
    if "Received Disconnect-ACK" in said:
        return
    if "Received Disconnect-NAK" not in said:
        raise Failure(os.EX_TEMPFAIL, f"the NAS {nas} does not answer: {last_line(said)}")
    cause = re.search(r"Error-Cause = (\S+)", said)
    why = cause[1] if cause else "no reason given"
    if why in ("Session-Context-Not-Found", "503"):
        return
    # RFC 5176, 3.6: what the request lacks or may not do, it lacks again. The rest, as a lack of resources, may pass.
    wrong = ("Unsupported", "Missing", "Invalid", "Administratively", "NAS-Identification", "401", "402", "403", "404", "407")
    code = os.EX_PROTOCOL if why.startswith(wrong) else os.EX_TEMPFAIL
    raise Failure(code, f"the NAS {nas} does not end session {session}: {why}")


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing was said"


def quoted(text):
    """A string as radclient reads it: in single quotes nothing is expanded."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def password_of(settings, user):
    """The event's, where it has one; else one that follows from a secret: the same at each attempt, known to nobody."""
    try:
        data = json.load(sys.stdin.buffer)["data"]
        given = data.get(settings["field"]) if settings["field"] else None
    except (ValueError, KeyError, AttributeError) as error:
        raise Failure(os.EX_DATAERR, f"the event on stdin is no event: {error!r}") from error
    if given is not None:
        if not isinstance(given, str) or given == "":
            raise Failure(os.EX_DATAERR, f"data.{settings['field']} has to be a text")
        return given
    if not settings["password_secret"]:
        raise Failure(os.EX_CONFIG, f"{SETTINGS.name} needs [passwords] secret, or events a field with the password")
    digest = hmac.new(settings["password_secret"].encode(), user.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()


def checked_user(user):
    """What FreeRADIUS looks up unchanged: it replaces characters beyond its safe_characters (mods-available/sql)."""
    usable = user.isprintable() and all(not c.isascii() or c.isalnum() or c in "@.-_: /" for c in user)
    # User-Name has at most 253 octets (RFC 2865); the tables of FreeRADIUS take 64 characters.
    if usable and 0 < len(user) <= 64 and len(user.encode()) <= 253:
        return user
    raise Failure(os.EX_DATAERR, f"{user!r} cannot be a User-Name: expected letters, digits and @.-_:/, at most 64")


def read_settings(path):
    config = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o007:
                raise Failure(os.EX_CONFIG, f"{path} can be read by everybody: chmod 600 {path.name}")
            config.read_file(file)
        nas = config["nas"] if config.has_section("nas") else {}
        return {
            "url": config["database"]["url"],
            "tables": {name: config.get("tables", name, fallback=name) for name in TABLES},
            "nas_table": config.get("tables", "nas", fallback="nas") != "",
            "active": config.get("groups", "active", fallback="active"),
            "blocked": config.get("groups", "blocked", fallback="blocked"),
            "attribute": config.get("passwords", "attribute", fallback="Cleartext-Password"),
            "password_secret": config.get("passwords", "secret", fallback=""),
            "field": config.get("passwords", "field", fallback=""),
            "port": config.get("nas", "port", fallback="3799"),
            "secrets": {name: value for name, value in nas.items() if name != "port"},
        }
    except OSError as error:
        raise Failure(os.EX_CONFIG, f"cannot read {path}: {error.strerror}; start from radius.ini.example") from error
    except KeyError as error:
        raise Failure(os.EX_CONFIG, f"{path} has no {error}") from error
    except configparser.Error as error:
        raise Failure(os.EX_CONFIG, f"{path}: {error}") from error


if __name__ == "__main__":
    run(main)
