#!/usr/bin/env python3
"""Adds, changes and removes an entry of a directory with ldapmodify.

usage: ldap_entry.py add|change|remove NAME

The event comes on stdin. Settings are in ldap.ini beside this file; only its owner may read it. The exit code is the
result code of LDAP (RFC 4511), such as 68 for an entry that exists, 32 for one that does not, and 255 for a server that
cannot be reached. What this program finds wrong itself: 65 the event, 75 no answer in time, 78 the settings.
"""

import argparse
import base64
import configparser
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

SETTINGS = Path(__file__).resolve().parent / "ldap.ini"
# Seconds. Shorter than the timeout of a handler (10 s), so that the reason reaches the journal.
CONNECT_SECONDS = 3
ANSWER_SECONDS = 8
# In a line of [attributes]: texts in quotes and paths, and the fields within a text.
SOURCE = re.compile(r"'.*?'(?=\s*(?:,|$))|[^,\s][^,]*")
FIELD = re.compile(r"\{((?:data|event|previous)\.[^{}]+)\}")


class Failure(Exception):
    """Ends the script with an exit code of sysexits."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def main():
    parser = argparse.ArgumentParser(description="Adds, changes and removes an entry of a directory.")
    parser.add_argument("action", choices=["add", "change", "remove"])
    parser.add_argument("name", help="value of the naming attribute")
    parser.add_argument("--config", type=Path, default=SETTINGS)
    args = parser.parse_args()
    try:
        settings = read_settings(args.config)
        change = ldif(settings, args.action, args.name)
        if change == "":
            print("nothing to change: the event's data has no value of an attribute")
            return os.EX_OK
        return ldapmodify(settings, change)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return failure.code
    except UnicodeError:
        print("a value of the event is no text: half of a character", file=sys.stderr)
        return os.EX_DATAERR


def ldif(settings, action, name):
    """The change as LDIF (RFC 2849). Every value is in base64, so that none can begin a line of its own."""
    if name == "" or "\0" in name:
        raise Failure(os.EX_DATAERR, "the name of an entry must be neither empty nor have a NUL")
    dn = line("dn", f"{settings['rdn']}={escaped(name)},{settings['base']}")
    if action == "remove":
        return dn + "changetype: delete\n"
    # A stand-in, such as the id for a name, is for new entries: a change sets what the event's data has.
    attributes = attributes_of(settings, read_event(), is_change=action == "change")
    if action == "add":
        classes = "".join(line("objectClass", name) for name in settings["classes"])
        return dn + "changetype: add\n" + classes + line(settings["rdn"], name) + "".join(attributes.values())
    changes = [f"replace: {attribute}\n{values}" for attribute, values in attributes.items()]
    return dn + "changetype: modify\n" + "-\n".join(changes) + "-\n" if changes else ""


def line(name, value):
    return f"{name}:: {base64.b64encode(value.encode()).decode()}\n"


def escaped(value):
    """A value in a name (RFC 4514): every octet that is no letter, digit, - or _ is written as a number."""
    usable = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    return "".join(chr(octet) if octet in usable else f"\\{octet:02x}" for octet in value.encode())


def attributes_of(settings, event, is_change):
    """The lines of each attribute: with the values of its first source that has any."""
    found = {}
    for attribute, sources in settings["attributes"].items():
        for source in SOURCE.findall(sources):
            if is_change and not any(path.startswith("data.") for path in paths_in(source)):
                continue
            values = values_of(event, source.rstrip())
            if values:
                found[attribute] = "".join(line(attribute, value) for value in values)
                break
    return found


def paths_in(source):
    return FIELD.findall(source) if source.startswith("'") else [source]


def values_of(event, source):
    """`data.name` of the event, as texts, or a text: `'/home/{data.login}'`. Empty where there is no value."""
    if not source.startswith("'"):
        return values_at(event, source)
    parts = FIELD.split(source[1:-1])
    parts[1::2] = ["".join(values_at(event, path)[:1]) for path in parts[1::2]]
    return [] if "" in parts[1::2] else ["".join(parts)]


def values_at(event, path):
    """A list of the event is an attribute with several values."""
    value = event
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    items = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(text(item) for item in items if isinstance(item, (bool, str)) and item != ""))


def text(value):
    return ("TRUE" if value else "FALSE") if isinstance(value, bool) else str(value)


def read_event():
    try:
        # Numbers keep their digits.
        event = json.load(sys.stdin.buffer, parse_int=str, parse_float=str)
    except ValueError as error:
        raise Failure(os.EX_DATAERR, f"the event on stdin is no JSON: {error}") from error
    if not isinstance(event, dict):
        raise Failure(os.EX_DATAERR, "the event on stdin is no object")
    return event


def ldapmodify(settings, change):
    """Runs ldapmodify; returns its exit code, which is the result code of LDAP."""
    read, write = os.pipe()
    os.write(write, settings["password"].encode())
    os.close(write)
    command = ["ldapmodify", "-x", "-H", settings["url"], "-D", settings["bind_dn"], "-y", f"/dev/fd/{read}"]
    command += ["-o", f"nettimeout={CONNECT_SECONDS}"] + (["-ZZ"] if settings["starttls"] else [])
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    if settings["ca"]:
        environment["LDAPTLS_CACERT"] = settings["ca"]
    try:
        done = subprocess.run(
            command,
            input=change.encode(),
            env=environment,
            capture_output=True,
            pass_fds=[read],
            timeout=ANSWER_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise Failure(os.EX_UNAVAILABLE, "ldapmodify is not installed here: apt install ldap-utils") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(os.EX_TEMPFAIL, f"{settings['url']} does not answer in time") from error
    finally:
        os.close(read)
    # What it wanted to do would stand before what went wrong.
    sys.stdout.buffer.write(done.stdout if done.returncode == 0 else b"")
    sys.stderr.buffer.write(done.stderr)
    return done.returncode if done.returncode >= 0 else os.EX_TEMPFAIL


def read_settings(path):
    config = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    config.optionxform = str  # Names of attributes keep their letters.
    try:
        with path.open(encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o007:
                raise Failure(os.EX_CONFIG, f"{path} can be read by everybody: chmod 600 {path.name}")
            config.read_file(file)
        rdn = config.get("entry", "rdn", fallback="uid")
        if rdn.lower() in (attribute.lower() for attribute in config["attributes"]):
            raise Failure(os.EX_CONFIG, f"{path}: [attributes] must not have {rdn}, which names the entry")
        return {
            "url": config["server"]["url"],
            "bind_dn": config["server"]["bind_dn"],
            "password": config["server"]["password"],
            "starttls": config.getboolean("server", "starttls", fallback=False),
            "ca": config.get("server", "ca", fallback=""),
            "base": config["entry"]["base"],
            "rdn": rdn,
            "classes": config.get("entry", "classes", fallback="inetOrgPerson").split(),
            "attributes": dict(config["attributes"]),
        }
    except OSError as error:
        raise Failure(os.EX_CONFIG, f"cannot read {path}: {error.strerror}; start from ldap.ini.example") from error
    except KeyError as error:
        raise Failure(os.EX_CONFIG, f"{path} has no {error}") from error
    except (configparser.Error, ValueError) as error:
        raise Failure(os.EX_CONFIG, f"{path}: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
