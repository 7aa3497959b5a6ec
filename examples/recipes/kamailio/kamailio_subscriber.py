#!/usr/bin/env python3
"""Keeps the subscribers and the block list of a Kamailio in its database. Doing the same twice does it once.

usage: kamailio_subscriber.py put USER KEY | remove KEY | block KEY | unblock KEY

USER is user or user@domain. KEY is what the block list has for the client. The event comes on stdin. Settings are in
kamailio.ini beside this file; only its owner may read it. Exit codes are those of sysexits: 65 the event is wrong, 75
try again, 78 the settings are wrong.
"""

import base64
import configparser
import hashlib
import hmac
import json
import os
import stat
import sys
from pathlib import Path

from sql import Failure, identifier, run, run_sql

SETTINGS = Path(__file__).resolve().parent / "kamailio.ini"


def main():
    # Without argparse: a name that begins with "-" would be an option.
    action, *names = sys.argv[1:] or [""]
    actions = {"put": put, "remove": remove, "block": block, "unblock": unblock}
    if action not in actions or len(names) != (2 if action == "put" else 1):
        raise Failure(os.EX_USAGE, __doc__)
    *address, key = names
    return actions[action](read_settings(SETTINGS), *address, checked_key(key))


def put(settings, address, key):
    """Adds the subscriber, or gives an existing one its password. A new subscriber is not blocked."""
    columns = settings["subscriber"]
    user, domain = checked_address(address, settings["realm"])
    if not columns["client"] and address != key:
        # Its deletion would not find it, as that has the key alone.
        how = "set KAMAILIO_KEY to what KAMAILIO_USER is, or name a column for the key: [subscriber] client"
        raise Failure(os.EX_CONFIG, f"the user {address!r} is not the key {key!r}: {how}")
    event = read_event()
    password = password_of(settings, address, event)
    place = where(columns, "username", "domain")
    changing = {
        "ha1": md5(f"{user}:{domain}:{password}"),
        "ha1b": md5(f"{user}@{domain}:{domain}:{password}"),
        "password": password,
        "client": key,
    }
    # A column without a name is one that the table does not have.
    changing = {name: value for name, value in changing.items() if columns[name]}
    values = {"username": user, **({"domain": domain} if columns["domain"] else {}), **changing}
    names = {name: identifier(columns[name]) for name in values}
    further = {f"further{n}": item for n, item in enumerate(settings["columns"].items())}
    names |= {name: identifier(column) for name, (column, _) in further.items()}
    sets = ", ".join(f"{names[name]} = :'{name}'" for name in changing)
    table = identifier(columns["table"])
    # Without ON CONFLICT, as not every table has the unique index that it needs, nor every database the words.
    sql = f"""
      update {table} set {sets} where {place};
      insert into {table} ({", ".join(names.values())})
      select {", ".join(f":'{name}'" for name in names)} from (select 1 as one) as once
      where not exists (select 1 from {table} where {place});
    """
    values |= {name: value_of(value, event) for name, (_, value) in further.items()}
    run_sql(settings["url"], sql, values)
    return f"subscriber {user}@{domain} is there"


def remove(settings, key):
    columns = settings["subscriber"]
    values = {"key": key}
    if columns["client"]:
        place = f"{identifier(columns['client'])} = :'key'"
    else:
        place = where(columns, "username", "domain")
        values["username"], values["domain"] = checked_address(key, settings["realm"])
    sql = f"delete from {identifier(columns['table'])} where {place};" + unblocking(settings)
    run_sql(settings["url"], sql, values)
    return f"subscribers of {key} are gone"


def block(settings, key):
    table, name, value = (identifier(settings["htable"][part]) for part in ("table", "key", "value"))
    sql = f"""
      insert into {table} ({name}, {value}) select :'key', '1' from (select 1 as one) as once
      where not exists (select 1 from {table} where {name} = :'key');
    """
    run_sql(settings["url"], sql, {"key": key})
    return f"{key} is on the block list"


def unblock(settings, key):
    run_sql(settings["url"], unblocking(settings), {"key": key})
    return f"{key} is not on the block list"


def unblocking(settings):
    table, name = (identifier(settings["htable"][part]) for part in ("table", "key"))
    return f"delete from {table} where {name} = :'key';"


def where(columns, *names):
    return " and ".join(f"{identifier(columns[name])} = :'{name}'" for name in names if columns[name])


def value_of(setting, event):
    """What a further column gets: a field of the event's data, or the text as it stands."""
    if not setting.startswith("data."):
        return setting
    value = event["data"].get(setting.removeprefix("data."))
    if value is None or isinstance(value, (dict, list)):
        raise Failure(os.EX_DATAERR, f"the event has no {setting}, which a column needs")
    return value if isinstance(value, str) else json.dumps(value)


def read_event():
    try:
        event = json.load(sys.stdin.buffer)
        if isinstance(event["data"], dict):
            return event
        raise ValueError("data is no object")
    except (ValueError, KeyError, TypeError) as error:
        raise Failure(os.EX_DATAERR, f"the event on stdin is no event: {error!r}") from error


def password_of(settings, address, event):
    """The event's, where it has one; else one that follows from a secret: the same at each attempt, known to nobody."""
    given = event["data"].get(settings["field"]) if settings["field"] else None
    if given is not None:
        if not isinstance(given, str) or given == "":
            raise Failure(os.EX_DATAERR, f"data.{settings['field']} has to be a text")
        return given
    if not settings["secret"]:
        raise Failure(os.EX_CONFIG, f"{SETTINGS.name} needs [passwords] secret, or events a field with the password")
    digest = hmac.new(settings["secret"].encode(), address.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:15]).decode()


def checked_address(address, realm):
    """A user in a SIP address (RFC 3261), in characters that need no escapes; `:` would end it in a digest."""
    user, at, domain = address.partition("@")
    if is_made_of(user, "-_.+~") and (not at or is_made_of(domain, "-.:[]")):
        return user, domain or realm
    raise Failure(
        os.EX_DATAERR, f"{address!r} cannot be a SIP user: expected letters, digits and -_.+~, at most 64, and @domain"
    )


def checked_key(key):
    if is_made_of(key, "-_.+~@:[]"):
        return key
    raise Failure(os.EX_DATAERR, f"{key!r} cannot be a key: expected letters, digits and -_.+~@:[], at most 64")


def is_made_of(text, others):
    """The tables of Kamailio take 64 characters."""
    return 0 < len(text) <= 64 and all(character.isascii() and (character.isalnum() or character in others) for character in text)


def md5(text):
    """What digest authentication is made of (RFC 2617); not our choice."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def read_settings(path):
    config = configparser.ConfigParser(interpolation=None)
    config.optionxform = str  # The names of columns keep their case.
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o007:
                raise Failure(os.EX_CONFIG, f"{path} can be read by everybody: chmod 600 {path.name}")
            config.read_file(file)
        subscriber = config["subscriber"]
        usual = {"table": "subscriber", "username": "username", "domain": "domain", "ha1": "ha1", "ha1b": "ha1b"}
        return {
            "url": config["database"]["url"],
            "realm": subscriber["realm"],
            "subscriber": {
                name: subscriber.get(name, default) for name, default in {**usual, "password": "", "client": ""}.items()
            },
            "columns": dict(config["columns"]) if config.has_section("columns") else {},
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
    except (configparser.Error, UnicodeDecodeError) as error:
        raise Failure(os.EX_CONFIG, f"{path}: {error}") from error


if __name__ == "__main__":
    run(main)
