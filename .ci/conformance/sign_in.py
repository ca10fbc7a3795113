"""Checks the exchanges with the sign-in side against what was captured of Entra."""

import re
import json

import scopes

# What a good answer of the token endpoint may have (facts 5; the capture of client credentials has the first four).
TOKENS = {
    "token_type": str,
    "expires_in": int,
    "ext_expires_in": int,
    "access_token": str,
    "id_token": str,
    "scope": str,
    "refresh_token": str,
}
# Beyond the captures an error may have these (facts 5, "Token error body").
MORE_OF_ERRORS = {"suberror": str, "claims": str}
# "Read off the live document" are names; these flags have a value of their own.
FLAGS = ("http_logout_supported", "frontchannel_logout_supported", "request_uri_parameter_supported")


def faults(contract, exchange):
    """Returns everything that is wrong with an exchange with the sign-in side, and what it was."""
    last = exchange["segments"][-1] if exchange["segments"] else ""
    name = {"token": "token endpoint", "openid-configuration": "discovery", "authorize": "sign-in"}.get(last)
    if name is None:
        return [], None
    found = asked(exchange, last)
    answer = exchange["answer"]
    if answer and exchange["fault"] is None and answer["kind"] == "json":
        if last == "token":
            found += token_faults(contract, exchange)
        elif last == "openid-configuration" and exchange["status"] == 200:
            found += discovery_faults(contract, answer["body"])
    return found, name


def asked(exchange, last):
    fields = dict(exchange["query"]) if last == "authorize" else dict((exchange["body"] or {}).get("form", []))
    wanted = fields.get("scope", "").split()
    # An application asks for whatever it was granted, and for nothing else.
    if fields.get("grant_type") == "client_credentials":
        return (
            []
            if len(wanted) == 1 and re.fullmatch(r"https://graph\.microsoft\.com/\.default|http://127\.0\.0\.1:\d+/\.default", wanted[0])
            else [f"client credentials with the scope {wanted}"]
        )
    return scopes.asked_too_much(wanted)


def token_faults(contract, exchange):
    body, status = exchange["answer"]["body"], exchange["status"]
    if status == 200:
        return shaped("the tokens", body, TOKENS, {"token_type", "expires_in", "access_token"})
    captured = errors(contract)
    known = {name: type(value) for sample in captured for name, value in sample["body"].items()} | MORE_OF_ERRORS
    # An outage answers what it can (facts 5: "temporarily_unavailable, 5xx, 429 → retry").
    every = set.intersection(*(set(sample["body"]) for sample in captured))
    needed = every if status < 500 else {"error", "error_description"}
    found = shaped("the error of the token endpoint", body, known, needed)
    for sample in captured:
        if sample["body"]["error"] == body.get("error") and sample["status"] != status:
            found.append(f"{body['error']} came with {status}; Entra answers {sample['status']}")
    return found


def errors(contract):
    folder = contract.samples / "token-endpoint"
    return [json.loads(path.read_text())["response"] for path in sorted(folder.glob("token-error-*.json"))]


def shaped(what, body, known, needed):
    found = [f"{what} has {name}, which Entra does not send" for name in body if name not in known]
    found += [f"{what} lacks {name}" for name in sorted(needed) if name not in body]
    return found + [
        f"{what}: {name} is {value!r}"
        for name, value in body.items()
        if name in known and not isinstance(value, known[name])
    ]


def discovery_faults(contract, body):
    golden = json.loads((contract.samples / "oidc-discovery.golden.json").read_text())
    known = {*golden["required_fields"], *golden["entra_only_fields_out_of_scope"]}
    found = [f"discovery lacks {name}" for name in golden["required_fields"] if name not in body]
    found += [f"discovery has {name}, which Entra does not publish" for name in body if name not in known]
    for name in FLAGS:
        if name in body and body[name] != golden["entra_boolean_values"][name]:
            found.append(f"discovery says {name}: {body[name]}; Entra does not")
    values = golden["protocol_values"]
    for rule, wanted in values.items():
        found += rule_faults(rule, set(wanted), body)
    return found


def rule_faults(rule, wanted, body):
    for ending, holds in (
        ("_equals", lambda have: have == wanted),
        ("_must_include", lambda have: have >= wanted),
        ("_subset_of", lambda have: have <= wanted),
    ):
        if rule.endswith(ending):
            name = rule.removesuffix(ending)
            name = next((key for key in body if key.startswith(name)), name)
            have = set(body.get(name, []))
            return (
                []
                if holds(have)
                else [f"discovery: {name} is {sorted(have)}; {ending[1:].replace('_', ' ')} {sorted(wanted)}"]
            )
    raise AssertionError(f"the rule {rule} of the discovery sample is not understood")
