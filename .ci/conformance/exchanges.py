"""Reads the record of exchanges, and keeps one of each kind: method, template, options, status, who, and shape."""

import hashlib
import json
import re

from contract import GUID

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z?)")
PLAIN = re.compile(r"[A-Za-z#.@]{1,40}")


def read(path):
    """Yields each exchange of a record."""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except ValueError as problem:
                raise SystemExit(f"{path}, line {number}: it is not JSON: {problem}") from problem


def kinds(text):
    """Returns what a text is rather than what it says; short plain words, which may be codes, stay as they are."""
    if GUID.fullmatch(text):
        return "guid"
    moment = MOMENT.fullmatch(text)
    if moment:
        return f"moment{moment[1] and '.'}{moment[2]}"
    if PLAIN.fullmatch(text):
        return text
    return GUID.sub("{id}", re.sub(r"127\.0\.0\.1:\d+", "host", text)) if "$metadata" in text else "text"


def shape(value):
    """Returns the shape of a body: names and kinds; of a list, each shape once."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in sorted(value.items())}
    if isinstance(value, list):
        shapes = {json.dumps(shape(part), sort_keys=True) for part in value}
        # How long a list is matters where a length is limited.
        return [
            *sorted(shapes),
            "20 or fewer" if len(value) <= 20 else "1000 or fewer" if len(value) <= 1000 else "more",
        ]
    return kinds(value) if isinstance(value, str) else type(value).__name__


def words(body):
    """Returns the code and the message of an error: they are part of the contract."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return str(error)
    return [str(error.get("code")), GUID.sub("{id}", str(error.get("message")))]


def asked(body):
    """Returns the shape of a request's body; of a form its names, its scopes and its kind of grant."""
    if body is None or "form" not in body:
        return shape(body)
    return [(name, value if name in ("scope", "grant_type") else "…") for name, value in body["form"]]


def value_kind(exchange, name, value):
    """Returns what of an option tells two calls apart: its words without ids; at sign-in only the scopes."""
    if exchange["side"] == "sign-in":
        return value if name in ("scope", "response_mode", "response_type") else "…"
    return "…" if name in ("$skiptoken", "$deltatoken") else GUID.sub("{id}", value)


def key(exchange, template):
    """Returns what two exchanges of one kind have in common."""
    answer = exchange["answer"] or {}
    parts = [
        exchange["side"],
        exchange["method"],
        template,
        exchange["status"],
        exchange["fault"],
        is_of_product(exchange),
        exchange["who"],
        [(name, value_kind(exchange, name, value)) for name, value in exchange["query"]],
        {name: "…" if name == "client-request-id" else value for name, value in exchange["headers"].items()},
        asked(exchange["body"]),
        answer.get("kind"),
        sorted(answer.get("headers", {})),
        answer.get("headers", {}).get("x-ms-resource-unit"),
        shape(answer.get("body")),
        words(answer.get("body")),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).digest()


def is_of_product(exchange):
    """Says whether the portal made a call: it names each one, which the requests that tests make by hand do not."""
    return "client-request-id" in exchange["headers"] or bool(exchange["part_of"])
