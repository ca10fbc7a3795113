"""Planted mistakes in sign-ins: scopes, tokens, errors, discovery."""

import json
import unittest

from support import CONTRACT

import scopes
import sign_in


def at(last, status=200, answer=None, query=(), form=()):
    return {
        "side": "sign-in",
        "part_of": None,
        "method": "POST" if last == "token" else "GET",
        "target": f"/tenant/oauth2/v2.0/{last}",
        "segments": ["tenant", "oauth2", "v2.0", last],
        "query": list(query),
        "headers": {},
        "who": None,
        "body": {"form": [list(pair) for pair in form]} if form else None,
        "fault": None,
        "status": status,
        "answer": {"headers": {}, "kind": "html" if answer is None else "json", "body": answer},
    }


TOKENS = {
    "token_type": "Bearer",
    "scope": "User.Read",
    "expires_in": 4500,
    "ext_expires_in": 4500,
    "access_token": "…",
    "id_token": "…",
}
ASKED = "openid profile User.Read User.ReadBasic.All GroupMember.Read.All GroupMember.ReadWrite.All Group.ReadWrite.All"


class SignIn(unittest.TestCase):
    def good(self, exchange):
        self.assertEqual(sign_in.faults(CONTRACT, exchange)[0], [])

    def wrong(self, exchange, *named):
        said = sign_in.faults(CONTRACT, exchange)[0]
        self.assertTrue(any(all(name in sentence for name in named) for sentence in said), f"{named} in {said}")

    def test_a_scope_too_many(self):
        self.good(at("authorize", query=[("scope", ASKED)]))
        self.wrong(at("authorize", query=[("scope", ASKED + " Files.Read.All")]), "Files.Read.All", "table of scopes")
        self.wrong(at("authorize", query=[("scope", "openid offline_access")]), "offline_access", "never asks for")
        self.wrong(at("authorize", query=[("scope", "User.ReadWrite.All")]), "User.ReadWrite.All", "never asks for")
        long = "https://graph.microsoft.com/RoleManagement.Read.Directory"
        self.wrong(at("authorize", query=[("scope", long)]), "RoleManagement.Read.Directory", "never asks for")

    def test_a_scope_too_many_when_a_code_is_redeemed(self):
        form = [("grant_type", "authorization_code"), ("scope", ASKED)]
        self.good(at("token", answer=TOKENS, form=form))
        self.wrong(at("token", answer=TOKENS, form=[*form[:1], ("scope", "Mail.Read")]), "Mail.Read")

    def test_the_scope_of_an_application(self):
        default = [("grant_type", "client_credentials"), ("scope", "https://graph.microsoft.com/.default")]
        self.good(at("token", answer=TOKENS, form=default))
        self.wrong(at("token", answer=TOKENS, form=[*default[:1], ("scope", "Mail.Send")]), "Mail.Send")

    def test_what_is_never_asked_for_is_in_no_list(self):
        listed = [*scopes.DELEGATED, *scopes.TABLE["application"]]
        self.assertEqual(
            [name for name in listed if name in scopes.TABLE["never"] or name.startswith("RoleManagement.")], []
        )

    def test_tokens_and_errors_have_the_captured_shape(self):
        self.wrong(at("token", answer={**TOKENS, "not_before": 1}), "not_before")
        self.wrong(at("token", answer={**TOKENS, "expires_in": "4500"}), "expires_in", "'4500'")
        for sample in sign_in.errors(CONTRACT):
            self.good(at("token", sample["status"], sample["body"]))
            self.wrong(at("token", sample["status"], {**sample["body"], "message": "x"}), "message")
        first = sign_in.errors(CONTRACT)[0]
        self.wrong(at("token", 418, first["body"]), "418", str(first["status"]))
        lacking = {name: value for name, value in first["body"].items() if name != "trace_id"}
        self.wrong(at("token", first["status"], lacking), "lacks trace_id")

    def test_discovery_has_the_captured_shape(self):
        golden = json.loads((CONTRACT.samples / "oidc-discovery.golden.json").read_text())
        values = golden["protocol_values"]
        body = dict.fromkeys(golden["required_fields"], "x")
        body.update({name: golden["entra_boolean_values"][name] for name in sign_in.FLAGS})
        body.update(
            subject_types_supported=["pairwise"],
            response_types_supported=["code"],
            response_modes_supported=["query"],
            scopes_supported=values["scopes_supported_must_include"],
            id_token_signing_alg_values_supported=["RS256"],
            token_endpoint_auth_methods_supported=values["token_endpoint_auth_methods_must_include"],
            claims_supported=values["claims_supported_must_include"],
        )
        at_discovery = lambda **more: at("openid-configuration", answer={**body, **more})
        self.good(at_discovery())
        self.wrong(at_discovery(introspection_endpoint="x"), "introspection_endpoint")
        self.wrong(at_discovery(request_uri_parameter_supported=True), "request_uri_parameter_supported")
        self.wrong(at_discovery(response_modes_supported=["query", "okta_post_message"]), "okta_post_message")
        self.wrong(at_discovery(claims_supported=["sub"]), "claims_supported")


if __name__ == "__main__":
    unittest.main()
