"""Which permissions an operation needs, and which of them Roster may hold."""

from fnmatch import fnmatchcase

from contract import data

TABLE = data("scopes")
DELEGATED = [*TABLE["sign_in"], *TABLE["everyone"], *TABLE["owners"], *TABLE["optional"]]
SCHEMES = {"delegated": ("DelegatedWork", DELEGATED), "application": ("Application", TABLE["application"])}


def permitting(contract, operation, kind, body):
    """Returns every permission of which one is enough for an operation, by the published table."""
    row = operation.id
    # Adding members by PATCH has a row of its own: less is enough than for changing the group.
    if row == "groups.update" and isinstance(body, dict) and set(body) <= {"members@odata.bind"}:
        row = "groups.members.bind.add"
    schemes = contract.permissions["operations"].get(row, {}).get("schemes", {})
    found = list(schemes.get(SCHEMES[kind][0], {}).get("all", []))
    return found + contract.bends["permissions"].get(row, {}).get(kind, [])


def faults(contract, operation, exchange):
    """Returns why a call may not be made with the scopes that Roster has."""
    who = exchange["who"]
    if who is None or operation.id == "batch":
        return []
    kind, held = who["kind"], who["scopes"]
    enough = permitting(contract, operation, kind, (exchange["body"] or {}).get("json"))
    found = []
    if not set(enough) & set(SCHEMES[kind][1]):
        found.append(
            f"no scope that Roster may ask for permits {operation.id} ({kind}); it takes one of {', '.join(enough)}"
        )
    if exchange["status"] < 300 and exchange["status"] > 0 and not set(enough) & set(held):
        token = f"a {kind} token with {', '.join(held)}"
        taken = f"it takes one of {', '.join(enough)}"
        found.append(f"{operation.id} was answered with {exchange['status']} to {token}; {taken}")
    return found


def asked_too_much(scopes):
    """Returns why these scopes may not be asked for at sign-in."""
    found = []
    for scope in scopes:
        bare = scope.removeprefix("https://graph.microsoft.com/")
        if any(fnmatchcase(bare, pattern) for pattern in TABLE["never"]):
            found.append(f"the scope {bare} was asked for, which Roster never asks for")
        elif bare not in DELEGATED:
            found.append(f"the scope {bare} was asked for, which is not in the table of scopes")
    return found
