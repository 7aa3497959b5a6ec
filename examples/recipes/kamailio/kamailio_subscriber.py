#!/usr/bin/env python3
"""Keeps the subscribers and the block list of a Kamailio in its PostgreSQL. Doing the same twice does it once.

usage: kamailio_subscriber.py put|remove|block|unblock USER

The event comes on stdin. Settings are in kamailio.ini beside this file; only its owner may read it. Exit codes are
those of sysexits: 65 the event is wrong, 75 try again, 78 the settings are wrong.
"""

import argparse
import base64
import configparser
import hashlib
import hmac
import json
import os
import stat
import sys
from pathlib import Path

from postgres import Failure, identifier, run, run_sql

SETTINGS = Path(__file__).resolve().parent / "kamailio.ini"


def main():
    parser = argparse.ArgumentParser(description="Keeps subscribers and the block list of a Kamailio.")
    parser.add_argument("action", choices=["put", "remove", "block", "unblock"])
    parser.add_argument("user", help="name of the subscriber")
    parser.add_argument("--config", type=Path, default=SETTINGS)
    args = parser.parse_args()
    settings = read_settings(args.config)
    user = checked_user(args.user)
    return {"put": put, "remove": remove, "block": block, "unblock": unblock}[args.action](settings, user)


def put(settings, user):
    """Adds the subscriber, or gives an existing one its password. A new subscriber is not blocked."""
    columns = settings["subscriber"]
    domain = settings["domain"]
    password = password_of(settings, user)
    values = {"username": user, "domain": domain}
    written = {columns["ha1"]: "ha1", columns["ha1b"]: "ha1b", columns["password"]: "password"}
    secrets = {
        "ha1": md5(f"{user}:{domain}:{password}"),
        "ha1b": md5(f"{user}@{domain}:{domain}:{password}"),
        "password": password,
    }
    # A column without a name is one that the table does not have.
    written = {column: name for column, name in written.items() if column}
    values.update({name: secrets[name] for name in written.values()})
    table, username, domain_column = (identifier(columns[name]) for name in ("table", "username", "domain"))
    sets = ", ".join(f"{identifier(column)} = :'{name}'" for column, name in written.items())
    names = ", ".join([username, domain_column, *map(identifier, written)])
    places = ", ".join([":'username'", ":'domain'", *(f":'{name}'" for name in written.values())])
    # Without ON CONFLICT, as not every table has the unique index that it needs.
    sql = f"""
      update {table} set {sets} where {username} = :'username' and {domain_column} = :'domain';
      insert into {table} ({names}) select {places}
      where not exists (select 1 from {table} where {username} = :'username' and {domain_column} = :'domain');
    """
    run_sql(settings["url"], sql, values)
    return f"subscriber {user}@{domain} is there"


def remove(settings, user):
    columns = settings["subscriber"]
    table, username, domain = (identifier(columns[name]) for name in ("table", "username", "domain"))
    sql = f"delete from {table} where {username} = :'username' and {domain} = :'domain';" + unblocking(settings)
    run_sql(settings["url"], sql, {"username": user, "domain": settings["domain"]})
    return f"subscriber {user}@{settings['domain']} is gone"


def block(settings, user):
    table, key, value = (identifier(settings["htable"][name]) for name in ("table", "key", "value"))
    sql = f"""
      insert into {table} ({key}, {value}) select :'username', '1'
      where not exists (select 1 from {table} where {key} = :'username');
    """
    run_sql(settings["url"], sql, {"username": user})
    return f"{user} is on the block list"


def unblock(settings, user):
    run_sql(settings["url"], unblocking(settings), {"username": user})
    return f"{user} is not on the block list"


def unblocking(settings):
    table, key = (identifier(settings["htable"][name]) for name in ("table", "key"))
    return f"delete from {table} where {key} = :'username';"


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
    if not settings["secret"]:
        raise Failure(os.EX_CONFIG, f"{SETTINGS.name} needs [passwords] secret, or events a field with the password")
    digest = hmac.new(settings["secret"].encode(), user.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()


def checked_user(user):
    """The characters of a user in a SIP address (RFC 3261) that need no escapes; `:` would end it in a digest."""
    if 0 < len(user) <= 64 and all(character.isascii() and (character.isalnum() or character in "-_.+~") for character in user):
        return user
    raise Failure(os.EX_DATAERR, f"{user!r} cannot be a SIP user: expected letters, digits and -_.+~, at most 64")


def md5(text):
    """What digest authentication is made of (RFC 2617); not our choice."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def read_settings(path):
    config = configparser.ConfigParser(interpolation=None)
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o007:
                raise Failure(os.EX_CONFIG, f"{path} can be read by everybody: chmod 600 {path.name}")
            config.read_file(file)
        return {
            "url": config["database"]["url"],
            "domain": config["subscriber"]["realm"],
            "subscriber": {
                "table": config["subscriber"].get("table", "subscriber"),
                "username": config["subscriber"].get("username", "username"),
                "domain": config["subscriber"].get("domain", "domain"),
                "password": config["subscriber"].get("password", ""),
                "ha1": config["subscriber"].get("ha1", "ha1"),
                "ha1b": config["subscriber"].get("ha1b", "ha1b"),
            },
            "htable": {
                "table": config.get("htable", "table", fallback="htable"),
                "key": config.get("htable", "key", fallback="key_name"),
                "value": config.get("htable", "value", fallback="key_value"),
            },
            "secret": config.get("passwords", "secret", fallback=""),
            "field": config.get("passwords", "field", fallback=""),
        }
    except OSError as error:
        raise Failure(os.EX_CONFIG, f"cannot read {path}: {error.strerror}; start from kamailio.ini.example") from error
    except KeyError as error:
        raise Failure(os.EX_CONFIG, f"{path} has no {error}") from error
    except configparser.Error as error:
        raise Failure(os.EX_CONFIG, f"{path}: {error}") from error


if __name__ == "__main__":
    run(main)
