"""Says which of the operations Roster needs were exchanged, in success and in a documented failure."""

from contract import data

# Options that make another operation of the same path: a search needs what a listing does not.
OPTIONS = ("$search", "$filter", "$expand", "$orderby")


def names_of(operation, exchange):
    """Returns the names an exchange counts for: its operation, and its operation with an option."""
    body = (exchange["body"] or {}).get("json")
    if (
        operation.id == "groups.update"
        and isinstance(body, dict)
        and any(name.endswith("@odata.bind") for name in body)
    ):
        return ["groups.members.bind.add"]
    given = {name for name, _ in exchange["query"]}
    return [operation.id, *(f"{operation.id}+{option}" for option in OPTIONS if option in given)]


def faults(success, failure, wish=None):
    """Returns each operation that is missing, and each that is listed as missing and is not."""
    wish = wish or data("coverage")
    found = []
    for outcome, seen in (("success", success), ("failure", failure)):
        waiting = wish["not_yet"][outcome]
        names = [wanted["name"] for wanted in wish["operation"]]
        found += [
            f"coverage.toml, not_yet.{outcome}: there is no operation named {name!r}"
            for name in waiting
            if name not in names
        ]
        for wanted in wish["operation"]:
            was = any(seen[name] for name in wanted["any"])
            if was and wanted["name"] in waiting:
                found.append(
                    f"{wanted['name']!r} was exchanged in {outcome}: take it out of not_yet.{outcome} in coverage.toml"
                )
            elif not was and wanted["name"] not in waiting:
                how = "in success" if outcome == "success" else "in a documented failure"
                found.append(f"{wanted['name']!r} ({' or '.join(wanted['any'])}) was never exchanged {how}")
    return found


def unknown(contract, wish=None):
    """Returns the names of the list that the contract does not have."""
    known = {operation.id for operation in contract.operations} | {"groups.members.bind.add"}
    named = [name for wanted in (wish or data("coverage"))["operation"] for name in wanted["any"]]
    return [name for name in named if name.partition("+")[0] not in known]


def waiting(wish=None):
    """Returns how many operations still wait, in success and in failure."""
    not_yet = (wish or data("coverage"))["not_yet"]
    return len(not_yet["success"]), len(not_yet["failure"])
