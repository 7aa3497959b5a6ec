#!/usr/bin/env python3
"""Keeps the users of a FreeRADIUS in its database, and ends their sessions. Doing the same twice does it once.

usage: radius_user.py put USER OWNER... | block OWNER | unblock OWNER | disconnect OWNER | remove OWNER

OWNER is a group that says whose the user is, such as client-12: events name the client, not its users. The event comes
on stdin. Settings are in radius.ini beside this file; only its owner may read it. Exit codes are those of sysexits: 65
the event is wrong, 75 try again, 76 the NAS refuses, 78 the settings are wrong.
"""

import base64
import configparser
import hashlib
import hmac
import ipaddress
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from sql import Failure, identifier, run, run_sql

SETTINGS = Path(__file__).resolve().parent / "radius.ini"
TABLES = ("radcheck", "radreply", "radusergroup", "radgroupcheck", "radacct", "nas")
# Priorities of groups: FreeRADIUS takes the first that fits, and looks no further unless that says Fall-Through.
FIRST, USUAL, LAST = 0, 1, 1000
# Seconds that a NAS may take for an answer, and how often it is asked: UDP loses packets.
ANSWER_SECONDS = 2
TRIES = 2
# Far more than one client has.
MOST_SESSIONS = 500


def main():
    # Without argparse: a name that begins with "-" would be an option.
    action, *names = sys.argv[1:] or [""]
    actions = {"block": block, "unblock": unblock, "disconnect": disconnect, "remove": remove}
    if action == "put" and len(names) > 1:
        return put(read_settings(SETTINGS), *map(checked_name, names))
    if action in actions and len(names) == 1:
        return actions[action](read_settings(SETTINGS), checked_name(names[0]))
    raise Failure(os.EX_USAGE, __doc__)


def put(settings, user, *owners):
    """Adds the user with a password, in its groups; one who is blocked stays blocked."""
    radcheck, radusergroup = tables(settings, "radcheck", "radusergroup")
    groups = {f"owner{n}": (owner, LAST) for n, owner in enumerate(owners)}
    if settings["active"]:
        groups["active"] = (settings["active"], USUAL)
    # An older password under another attribute would go on being accepted.
    sql = f"""
      delete from {radcheck} where username = :'username' and (attribute = :'attribute' or attribute like '%-Password');
      insert into {radcheck} (username, attribute, op, value) values (:'username', :'attribute', ':=', :'password');
    """
    for name, (_, priority) in groups.items():
        sql += f"""
          insert into {radusergroup} (username, groupname, priority)
          select :'username', :'{name}', {priority} from (select 1 as one) as once where not exists
            (select 1 from {radusergroup} where username = :'username' and groupname = :'{name}');
        """
    values = {"username": user, "attribute": settings["attribute"], "password": password_of(settings, user)}
    run_sql(settings["url"], sql, values | {name: group for name, (group, _) in groups.items()})
    return f"{user} may log in, unless blocked"


def block(settings, owner):
    """Puts the owner's users into the blocked group, before all others. It rejects, unless it has rows of its own."""
    radgroupcheck, radusergroup = tables(settings, "radgroupcheck", "radusergroup")
    sql = f"""
      insert into {radgroupcheck} (groupname, attribute, op, value)
      select :'blocked', 'Auth-Type', ':=', 'Reject' from (select 1 as one) as once
      where not exists (select 1 from {radgroupcheck} where groupname = :'blocked');
      insert into {radusergroup} (username, groupname, priority)
      select username, :'blocked', {FIRST} from {users_of(settings)} where username not in
        (select username from {radusergroup} where groupname = :'blocked');
    """
    run_sql(settings["url"], sql, {"owner": owner, "blocked": settings["blocked"]})
    return f"users of {owner} are blocked"


def unblock(settings, owner):
    (radusergroup,) = tables(settings, "radusergroup")
    sql = f"""
      delete from {radusergroup} where groupname = :'blocked' and username in
        (select username from {users_of(settings)});
    """
    run_sql(settings["url"], sql, {"owner": owner, "blocked": settings["blocked"]})
    return f"users of {owner} are not blocked"


def remove(settings, owner):
    """Its row in radusergroup is the last to go, as the others are found by it."""
    sql = "".join(
        f"delete from {table} where username in (select username from {users_of(settings)});"
        for table in tables(settings, "radcheck", "radreply", "radusergroup")
    )
    run_sql(settings["url"], sql, {"owner": owner})
    return f"users of {owner} are gone"


def users_of(settings):
    """Distinct, so that MySQL makes a table of it: it changes none that it reads."""
    (radusergroup,) = tables(settings, "radusergroup")
    return f"(select distinct username from {radusergroup} where groupname = :'owner') as owned"


def tables(settings, *names):
    return [identifier(settings["tables"][name]) for name in names]


def disconnect(settings, owner):
    """Sends a Disconnect-Request (RFC 5176) to the NAS of each running session; one that fails keeps up no other."""
    sessions = running_sessions(settings, owner)
    secrets = nas_secrets(settings) if sessions else []
    failures, silent = [], set()
    for user, nas, session in sessions:
        # A NAS that does not answer would take its time again for each session.
        if nas in silent:
            continue
        try:
            end_session(settings, user, nas, session, secret_for(nas, secrets))
        except Failure as failure:
            failures.append(failure)
            if failure.code == os.EX_TEMPFAIL:
                silent.add(nas)
    if failures:
        # What may work later is tried again, and with it what is wrong.
        worst = next((failure for failure in failures if failure.code == os.EX_TEMPFAIL), failures[0])
        raise Failure(worst.code, "; ".join(str(failure) for failure in failures))
    return f"sessions of {owner} that are ended: {len(sessions)}"


def running_sessions(settings, owner):
    (radacct,) = tables(settings, "radacct")
    sql = f"""
      select username, cast(nasipaddress as char(45)), acctsessionid from {radacct}
      where acctstoptime is null and username in (select username from {users_of(settings)})
      order by acctstarttime desc limit {MOST_SESSIONS};
    """
    # PostgreSQL has addresses with the length of their network, and fills up what is char.
    return [
        (as_sent(user), nas.strip().split("/")[0], as_sent(session))
        for user, nas, session in run_sql(settings["url"], sql, {"owner": owner})
    ]


def as_sent(stored):
    """FreeRADIUS writes characters beyond its safe_characters as =2B, say; the NAS has to get them as it sent them."""
    return re.sub(r"=([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), stored)


def nas_secrets(settings):
    """Networks with their secrets, the smallest first: of the settings, then of the table of NAS, if there is one."""
    rows = list(settings["secrets"].items())
    if settings["tables"]["nas"]:
        (nas,) = tables(settings, "nas")
        rows += run_sql(settings["url"], f"select nasname, secret from {nas};", {})
    networks = []
    for name, secret in rows:
        try:
            networks.append((ipaddress.ip_network(str(name), strict=False), secret))
        except ValueError:
            continue  # A host's name: accounting has addresses.
    networks = [(network, secret) for network, secret in networks if secret]
    networks.sort(key=lambda one: one[0].prefixlen, reverse=True)
    return networks + [(None, settings["default_secret"])]


def secret_for(nas, secrets):
    try:
        address = ipaddress.ip_address(nas)
    except ValueError as error:
        raise Failure(os.EX_DATAERR, f"accounting has no address of the NAS, but {nas!r}") from error
    return next(secret for network, secret in secrets if network is None or address in network)


def end_session(settings, user, nas, session, secret):
    if not secret:
        raise Failure(os.EX_CONFIG, f"no secret for the NAS {nas}: see [nas] in {SETTINGS.name}")
    if not secret[-1].isascii():
        raise Failure(os.EX_CONFIG, f"the secret of the NAS {nas} ends with a letter beyond ASCII, which radclient cuts off")
    host = f"[{nas}]" if ":" in nas else nas
    request = f"User-Name = {quoted(user)}\nAcct-Session-Id = {quoted(session)}\n{settings['attributes']}\n"
    read, write = os.pipe()
    os.write(write, secret.encode() + b"\n")
    os.close(write)
    command = ["radclient", "-x", "-r", str(TRIES), "-t", str(ANSWER_SECONDS), "-S", f"/dev/fd/{read}"]
    try:
        done = subprocess.run(
            [*command, f"{host}:{settings['port']}", settings["request"]],
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
    """What the NAS answered. A session that it does not know (any more) has ended: 503, 201 of Error-Cause."""
    if re.search("Received (Disconnect|CoA)-ACK", said):
        return
    if not re.search("Received (Disconnect|CoA)-NAK", said):
        raise Failure(os.EX_TEMPFAIL, f"the NAS {nas} does not answer, or has another secret: {last_line(said)}")
    cause = re.search(r"Error-Cause = (\S+)", said)
    why = cause[1] if cause else "no reason given"
    if why in ("Session-Context-Not-Found", "503", "Residual-Context-Removed", "201"):
        return
    # RFC 5176, 3.6: what the request lacks or may not do, it lacks again. The rest, as a lack of resources, may pass.
    wrong = "Unsupported|Missing|Invalid|Administratively|NAS-Identification|Multiple-Session|40[1-7]$|501$|508$"
    code = os.EX_PROTOCOL if re.match(wrong, why) else os.EX_TEMPFAIL
    raise Failure(code, f"the NAS {nas} does not end session {session}: {why}")


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing was said"


def quoted(text):
    """A string as radclient reads it: characters by their numbers, so that none ends it or is expanded."""
    return '"' + "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"\\{byte:03o}" for byte in text.encode()) + '"'


def password_of(settings, user):
    """The event's, where it has one; else one that follows from a secret: the same at each attempt, known to nobody."""
    try:
        data = json.load(sys.stdin.buffer)["data"]
        given = data.get(settings["field"]) if settings["field"] else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Failure(os.EX_DATAERR, f"the event on stdin is no event: {error!r}") from error
    if given is not None:
        return in_radcheck(given, settings["field"])
    if settings["attribute"] != "Cleartext-Password":
        raise Failure(os.EX_DATAERR, f"the event has no field for {settings['attribute']}: see [passwords] field")
    if not settings["password_secret"]:
        raise Failure(os.EX_CONFIG, f"{SETTINGS.name} needs [passwords] secret, or events a field with the password")
    digest = hmac.new(settings["password_secret"].encode(), user.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()


def in_radcheck(password, field):
    """As FreeRADIUS reads a value: it undoes escapes, takes quotes off, and expands what is in backquotes."""
    if not isinstance(password, str) or not 0 < len(password.encode()) <= 253:
        raise Failure(os.EX_DATAERR, f"data.{field} has to be a text of at most 253 bytes")
    if password[0] in "'\"`" and password[0] == password[-1]:
        raise Failure(os.EX_DATAERR, f"data.{field} must not be in quotes: FreeRADIUS would take them off")
    return password.replace("\\", "\\\\")


def checked_name(user):
    """What FreeRADIUS looks up unchanged: it replaces characters beyond its safe_characters (mods-available/sql)."""
    usable = user.isprintable() and user == user.strip() and all(not c.isascii() or c.isalnum() or c in "@.-_: /" for c in user)
    # User-Name has at most 253 octets (RFC 2865); the tables of FreeRADIUS take 64 characters.
    if usable and 0 < len(user) <= 64 and len(user.encode()) <= 253:
        return user
    raise Failure(os.EX_DATAERR, f"{user!r} cannot be a User-Name or a group: expected letters, digits and @.-_:/, at most 64")


def read_settings(path):
    config = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o007:
                raise Failure(os.EX_CONFIG, f"{path} can be read by everybody: chmod 600 {path.name}")
            config.read_file(file)
        request = config.get("nas", "request", fallback="disconnect")
        if request not in ("disconnect", "coa"):
            raise Failure(os.EX_CONFIG, f"{path}: [nas] request has to be disconnect or coa")
        return {
            "url": config["database"]["url"],
            "tables": {name: config.get("tables", name, fallback=name) for name in TABLES},
            "active": config.get("groups", "active", fallback="active"),
            "blocked": config.get("groups", "blocked", fallback="blocked"),
            "attribute": config.get("passwords", "attribute", fallback="Cleartext-Password"),
            "password_secret": config.get("passwords", "secret", fallback=""),
            "field": config.get("passwords", "field", fallback=""),
            "port": config.get("nas", "port", fallback="3799"),
            "request": request,
            "attributes": config.get("nas", "attributes", fallback=""),
            "default_secret": config.get("nas", "default", fallback=""),
            "secrets": {
                ipaddress.ip_network(name, strict=False): secret
                for name, secret in (config["nas"] if config.has_section("nas") else {}).items()
                if name not in ("port", "request", "attributes", "default")
            },
        }
    except OSError as error:
        raise Failure(os.EX_CONFIG, f"cannot read {path}: {error.strerror}; start from radius.ini.example") from error
    except KeyError as error:
        raise Failure(os.EX_CONFIG, f"{path} has no {error}") from error
    except (configparser.Error, ValueError) as error:
        raise Failure(os.EX_CONFIG, f"{path}: {error}") from error


if __name__ == "__main__":
    run(main)
