"""Exchanges as the record has them, good ones, for tests to plant a mistake in."""

import copy
import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).parent.parent))

import answers  # noqa: E402
from contract import Contract  # noqa: E402

SHARED = os.environ["ROSTER_SHARED"]
CONTRACT = Contract(SHARED)
GROUP = "64090700-0000-4000-8000-000000000001"
ALAN = "9e0b1e00-0000-4000-8000-000000000001"
EVENTUAL = {"consistencylevel": "eventual"}
METADATA = "http://127.0.0.1:4000/v1.0/$metadata"
SCOPES = ["Group.ReadWrite.All", "GroupMember.Read.All", "GroupMember.ReadWrite.All", "User.Read", "User.ReadBasic.All"]


def exchange(method, path, status, answer=None, body=None, headers=None, cost=1, scopes=SCOPES, kind="delegated"):
    """Returns a whole exchange with Graph that the portal made."""
    target, _, query = path.partition("?")
    kind_of_answer = "empty" if answer is None else "json" if isinstance(answer, (dict, list)) else "text"
    headers = {"client-request-id": "c1", **(headers or {})}
    if body is not None:
        headers["content-type"] = "application/json"
    return {
        "side": "graph",
        "part_of": None,
        "method": method,
        "target": f"/v1.0{path}",
        "segments": ["v1.0", *target.strip("/").split("/")],
        "query": [tuple(unquote(part) for part in pair.split("=", 1)) for pair in query.split("&") if pair],
        "headers": headers,
        "who": {"kind": kind, "scopes": list(scopes)},
        "body": None if body is None else {"json": copy.deepcopy(body)},
        "fault": None,
        "status": status,
        "answer": {
            "headers": {"request-id": "r1", "client-request-id": "c1", "x-ms-resource-unit": str(cost)},
            "kind": kind_of_answer,
            "body": copy.deepcopy(answer),
        },
    }


def listing(**more):
    """Returns a good listing of groups with their owners."""
    group = {
        "id": GROUP,
        "displayName": "Compiler Team",
        "groupTypes": [],
        "isAssignableToRole": None,
        "owners": [{"@odata.type": "#microsoft.graph.user", "id": ALAN, "displayName": "Alan Turing"}],
    }
    group.update(more)
    path = (
        "/groups?$select=id,displayName,groupTypes,isAssignableToRole&$expand=owners($select=id,displayName)&$top=999"
    )
    return exchange("GET", path, 200, {"@odata.context": f"{METADATA}#groups", "value": [group]})


def people(options, cost=1, headers=EVENTUAL):
    """Returns a good answer to a question about people, asked with these options."""
    answer = {"@odata.context": f"{METADATA}#users", "value": [{"id": ALAN, "displayName": "Alan Turing"}]}
    return exchange("GET", f"/users?$select=id,displayName&{options}", 200, answer, headers=headers, cost=cost)


def groups(options, cost=1, headers=None):
    """Returns a good answer to a question about groups, asked with these options."""
    answer = {"@odata.context": f"{METADATA}#groups", "value": [{"id": GROUP}]}
    return exchange("GET", f"/groups?$select=id&{options}", 200, answer, headers=headers, cost=cost)


def adding(member=ALAN):
    """Returns a good addition of a member."""
    body = {"@odata.id": f"http://127.0.0.1:4000/v1.0/directoryObjects/{member}"}
    return exchange("POST", f"/groups/{GROUP}/members/$ref", 204, body=body)


def refusal(status, code, message):
    """Returns a good refusal of an addition."""
    refused = adding()
    refused["status"] = status
    inner = {"date": "2026-01-05T08:00:00", "request-id": "r1", "client-request-id": "c1"}
    refused["answer"].update(kind="json", body={"error": {"code": code, "message": message, "innerError": inner}})
    return refused


def faults(asked):
    """Returns what the check says about an exchange."""
    return answers.faults(CONTRACT, asked)[0]
