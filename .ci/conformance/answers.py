"""Checks one exchange with Graph: its path, its body, its status, and what came back."""

import re

import closed
import queries
import scopes
from contract import GUID
from exchanges import is_of_product

# What a fault makes of an answer, so that no schema can judge it: nothing, half of it, or somebody else's page.
UNREADABLE = {"DropBefore", "DropAfterApplying", "TruncatedJson", "HtmlPage", "ErrorBody"}
# The fault waits, or leaves a part out, and the answer is still what it says.
HARMLESS = {None, "Hold", "Stall", "StallAfterApplying", "HalfList"}
OBJECT_IDS = ("{group-id}", "{user-id}", "{directoryObject-id}", "{groupSetting-id}", "{groupLifecyclePolicy-id}")


def is_unreadable(exchange):
    """Says whether a fault made an answer that no schema can judge."""
    answer = exchange["answer"]
    return answer is None or exchange["fault"] in UNREADABLE or answer["kind"] in ("broken", "html")


def faults(contract, exchange):
    """Returns everything that is wrong with an exchange, and the operation it is of."""
    segments = exchange["segments"][1:]
    operation, missing = contract.find(exchange["method"], segments)
    was_refused = exchange["status"] >= 400
    by_hand = not is_of_product(exchange)
    if operation is None:
        # A test may ask by hand for what does not exist, if it is told so.
        return ([] if by_hand and was_refused else [missing]), None
    found = []
    if not (by_hand and was_refused):
        found += queries.faults(contract, operation, exchange)
        found += body_faults(contract, operation, exchange)
        found += scopes.faults(contract, operation, exchange)
    if not is_unreadable(exchange):
        found += answer_faults(contract, operation, exchange)
    return found, operation


def body_faults(contract, operation, exchange):
    described = operation.item.get("requestBody")
    body = exchange["body"]
    if described is None:
        # "An empty body for a body-less action is {}" (facts 4.1).
        empty = body is None or body.get("json") == {}
        return [] if empty else [f"{operation.id} takes no body and was sent one"]
    if body is None:
        return [f"{operation.id} was sent without its body"]
    if "json" not in body:
        return [f"the body of {operation.id} is not JSON"]
    if not exchange["headers"].get("content-type", "").startswith("application/json"):
        return [f"the body of {operation.id} came without Content-Type: application/json"]
    schema = described["content"]["application/json"]["schema"]
    validator = contract.closed.validator(operation.id + " body", schema, "ask")
    found = [f"request body: {fault}" for fault in closed.faults(validator, body["json"])]
    needed = contract.bends["needed"].get(operation.id, [])
    found += [f"request body: {name} is missing" for name in needed if name not in body["json"]]
    return found + bind_faults(contract, operation, body["json"])


def bind_faults(contract, operation, body):
    """References lead to this very Graph, and at most 20 go into one call, members and owners together (facts 1.4)."""
    if operation.id == "batch" or not isinstance(body, dict):
        return []
    links = [link for name, value in body.items() if name.endswith("@odata.bind") for link in value]
    found = [f"{len(links)} references in one call; 20 is the most"] if len(links) > 20 else []
    links += [body["@odata.id"]] if "@odata.id" in body else []
    for link in links:
        if not re.fullmatch(
            rf"https?://[^/]+/v1\.0/(directoryObjects|users|groups)/{GUID.pattern}", link, re.IGNORECASE
        ):
            found.append(f"request body: {link!r} is not the address of an object of the directory")
    return found


def answer_faults(contract, operation, exchange):
    status, answer = exchange["status"], exchange["answer"]
    documented = operation.answer(status)
    if documented is None:
        return [f"{operation.id} was answered with {status}, which is not documented for it"]
    found = header_faults(operation, exchange)
    content = documented.get("content", {})
    if "application/json" in content:
        found += json_faults(contract, operation, exchange, content["application/json"]["schema"])
    elif "text/plain" in content:
        if answer["kind"] != "text" or not str(answer["body"]).isdecimal():
            found.append(f"{operation.id} answered {answer['body']!r} where a number as plain text is documented")
    elif content:
        if answer["kind"] != "binary":
            found.append(f"{operation.id} answered {answer['kind']} where bytes are documented")
    elif answer["kind"] != "empty":
        found.append(f"{operation.id} answered {status} with a body; none is documented")
    if status < 300:
        found += id_faults(operation, exchange)
    return found


def id_faults(operation, exchange):
    """What is accepted names objects by their ids (people also by their sign-in name)."""
    found = []
    for part, value in zip(operation.segments, exchange["segments"][1:]):
        by_name = part == "{user-id}" and "@" in value
        if part in OBJECT_IDS and not GUID.fullmatch(value) and not by_name:
            found.append(f"{value!r} was accepted in the place of {part}")
    return found


def header_faults(operation, exchange):
    headers = exchange["answer"]["headers"]
    if exchange["part_of"] is not None:
        return []
    found = []
    asked = exchange["headers"].get("client-request-id")
    if "request-id" not in headers:
        found.append("the answer has no request-id")
    if asked and headers.get("client-request-id") != asked:
        found.append("the answer does not repeat the client-request-id")
    if exchange["fault"] not in HARMLESS:
        return found
    cost = cost_of(operation, exchange)
    if cost is not None and headers.get("x-ms-resource-unit") != str(cost):
        found.append(
            f"x-ms-resource-unit is {headers.get('x-ms-resource-unit')}; {operation.id} with these options costs {cost}"
        )
    return found


def cost_of(operation, exchange):
    """Returns the resource units of a call (facts 3); `None` for a batch, whose parts count."""
    if operation.id == "batch":
        return None
    if operation.method != "GET" and not operation.template.endswith(("MemberGroups", "getByIds")):
        return 1
    options = dict(exchange["query"])
    cost = operation.item["x-graph"]["baseResourceUnits"]
    cost -= "$select" in options
    cost -= options.get("$top", "").isdecimal() and int(options["$top"]) < 20
    cost += "$expand" in options
    return max(cost, 1)


def json_faults(contract, operation, exchange, schema):
    answer, status = exchange["answer"], exchange["status"]
    if answer["kind"] != "json":
        return [f"{operation.id} answered {answer['kind']} where JSON is documented"]
    body = answer["body"]
    if status >= 400:
        return error_faults(contract, operation, exchange, schema)
    found = []
    if isinstance(body, dict) and operation.id != "batch":
        body = dict(body)
        context = body.pop("@odata.context", None)
        if not isinstance(context, str) or "/v1.0/$metadata#" not in context:
            found.append(f"response: @odata.context is {context!r}")
    reading = "delta" if operation.is_delta else "answer"
    validator = contract.closed.validator(operation.id + " answer", schema, reading)
    found += [f"response: {fault}" for fault in closed.faults(validator, body)]
    if operation.is_list and isinstance(body.get("value"), list):
        found += list_faults(operation, exchange, body)
    for row in body.get("value", []) if operation.is_list else [body]:
        found += unasked(contract, operation, exchange, row)
    return sorted(set(found))


def list_faults(operation, exchange, body):
    """A count comes only when it can, and a page is no longer than was asked for."""
    options = dict(exchange["query"])
    eventual = exchange["headers"].get("consistencylevel", "").lower() == "eventual"
    found = []
    if "@odata.count" in body and not (eventual and options.get("$count") == "true"):
        found.append("response: @odata.count although it was not asked for, or without the index")
    longest = int(options["$top"]) if options.get("$top", "").isdecimal() else None
    if longest is not None and len(body["value"]) > longest:
        found.append(f"response: {len(body['value'])} entries on a page of {longest}")
    return found


def unasked(contract, operation, exchange, row):
    """Returns what an entry has although it was not selected, or is a relation that was not expanded."""
    if not isinstance(row, dict) or operation.type is None:
        return []
    options = dict(exchange["query"])
    expanded = {part.partition("(")[0] for part in queries.parts(options.get("$expand", ""))}
    properties = contract.properties(operation.type)
    selected = options["$select"].split(",") if "$select" in options else None
    found = []
    for name in row:
        if "@" in name or name == "id" or name in expanded:
            continue
        if properties.get(name, {}).get("x-ms-navigationProperty"):
            found.append(f"response: the relation {name}, which was not expanded")
        elif selected is not None and name not in selected:
            found.append(f"response: {name}, which was not selected")
    return found


def error_faults(contract, operation, exchange, schema):
    body, status = exchange["answer"]["body"], exchange["status"]
    validator = contract.closed.validator("error", schema, "answer")
    found = [f"response: {fault}" for fault in closed.faults(validator, without_bends(contract, status, body))]
    if found or exchange["fault"] not in HARMLESS:
        return found
    error = body["error"]
    if known_error(contract, status, error["code"], error["message"]) is None:
        refusal = f"{status} {error['code']} {error['message']!r}"
        found.append(f"{operation.id} was refused with {refusal}, which no row of the errors knows")
    return found


def without_bends(contract, status, body):
    """Returns an error without what the bends allow in its inner error."""
    allowed = contract.bends["inner_error"].get(str(status))
    inner = body.get("error", {}).get("innerError") if allowed and isinstance(body.get("error"), dict) else None
    if not isinstance(inner, dict):
        return body
    kept = {name: value for name, value in inner.items() if name not in allowed}
    return {**body, "error": {**body["error"], "innerError": kept}}


def known_error(contract, status, code, message):
    """Returns the row of the error catalogue, or of the bends, that an error is of."""
    for row in [*contract.errors, *contract.bends["errors"]]:
        right_status = str(row["status"]) == str(status) or str(row["status"]) == f"{status // 10}X"
        right_code = code in (row["code"] or "").split(" | ")
        if right_status and right_code and any(says(text, message) for text in row["message"].split(" | ")):
            return row
    return None


def says(pattern, message):
    """Says whether a message is of a pattern; `{id}` and `...` stand for anything, a name in quotes or a number for another."""
    if pattern in ("(varies)", "(not given)", "(inner)"):
        return True
    expression = re.escape(pattern)
    for what, stands_for in (
        (r"\\\{[a-z]+\\\}", ".+"),
        (r"\\\.\\\.\\\.", ".*"),
        (r"'[^' ]+'", "'[^']*'"),
        (r"\b\d+\b", r"\\d+"),
    ):
        expression = re.sub(what, stands_for, expression)
    return re.fullmatch(expression, message) is not None
