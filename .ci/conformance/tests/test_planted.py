"""Each planted mistake fails the check with a sentence that names it, and the same exchange without it passes."""

import unittest

from support import ALAN, EVENTUAL, GROUP, METADATA, adding, exchange, faults, groups, listing, people, refusal


class Planted(unittest.TestCase):
    def good(self, asked):
        self.assertEqual(faults(asked), [])

    def wrong(self, asked, *named):
        said = faults(asked)
        self.assertTrue(any(all(name in sentence for name in named) for sentence in said), f"{named} in {said}")

    def test_good_exchanges_pass(self):
        self.good(listing())
        self.good(adding())
        self.good(people('$search="displayName:an" OR "mail:an"&$filter=accountEnabled eq true&$count=true&$top=15'))
        self.good(people("$filter=startswith(displayName,'an') or startswith(mail,'an')", headers=None))
        self.good(groups("$filter=owners/$count eq 0&$count=true", headers=EVENTUAL))
        self.good(refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."))

    def test_a_field_of_a_request(self):
        asked = adding()
        asked["body"]["json"]["role"] = "owner"
        self.wrong(asked, "request body", "role")

    def test_a_field_of_a_new_group(self):
        body = {"displayName": "Analysts", "mailEnabled": False, "mailNickname": "analysts", "securityEnabled": True}
        answer = {"@odata.context": f"{METADATA}#groups/$entity", "id": GROUP, "displayName": "Analysts"}
        self.good(exchange("POST", "/groups", 201, answer, body))
        self.wrong(exchange("POST", "/groups", 201, answer, {**body, "name": "Analysts"}), "request body", "name")
        self.wrong(exchange("POST", "/groups", 201, answer, {**body, "mailEnabled": "no"}), "mailEnabled", "boolean")
        del body["mailNickname"]
        self.wrong(exchange("POST", "/groups", 201, answer, body), "mailNickname is missing")

    def test_a_body_that_is_missing(self):
        asked = adding()
        asked["body"] = None
        self.wrong(asked, "without its body")

    def test_a_reference_to_somewhere_else(self):
        asked = adding()
        asked["body"]["json"]["@odata.id"] = f"http://127.0.0.1:4000/beta/people/{ALAN}"
        self.wrong(asked, "beta/people", "not the address")

    def test_more_references_than_a_call_takes(self):
        links = [f"http://127.0.0.1:4000/v1.0/directoryObjects/{ALAN}"] * 11
        body = {"members@odata.bind": links, "owners@odata.bind": links}
        self.wrong(exchange("PATCH", f"/groups/{GROUP}", 204, body=body), "22 references", "20")

    def test_a_field_of_a_response(self):
        self.wrong(listing(memberCount=4), "response", "memberCount")

    def test_a_field_deep_in_a_response(self):
        asked = listing()
        asked["answer"]["body"]["value"][0]["owners"][0]["nickname"] = "Al"
        self.wrong(asked, "value/0/owners/0", "nickname")

    def test_a_field_of_another_type(self):
        asked = listing()
        asked["answer"]["body"]["value"][0]["owners"][0]["groupTypes"] = []
        self.wrong(asked, "value/0/owners/0", "groupTypes")

    def test_an_owner_of_no_known_type(self):
        asked = listing()
        asked["answer"]["body"]["value"][0]["owners"][0]["@odata.type"] = "#microsoft.graph.person"
        self.wrong(asked, "@odata.type", "#microsoft.graph.person")

    def test_a_value_of_the_wrong_kind(self):
        self.wrong(listing(groupTypes="Unified"), "value/0/groupTypes", "Unified")
        self.wrong(listing(isAssignableToRole="true"), "isAssignableToRole", "true")

    def test_what_only_a_request_or_a_delta_may_have(self):
        self.wrong(listing(**{"members@odata.bind": []}), "members@odata.bind")
        self.wrong(listing(**{"members@delta": []}), "members@delta")

    def test_a_property_that_was_not_selected(self):
        self.wrong(listing(description="Who writes the compiler"), "description", "not selected")

    def test_an_annotation_below_the_top(self):
        self.wrong(listing(**{"@odata.context": "x"}), "value/0", "@odata.context")

    def test_a_list_without_its_context(self):
        asked = listing()
        del asked["answer"]["body"]["@odata.context"]
        self.wrong(asked, "@odata.context is None")

    def test_a_path_the_contract_does_not_have(self):
        self.wrong(exchange("GET", f"/groups/{GROUP}/joiners", 200, {}), f"no path /groups/{GROUP}/joiners")
        self.wrong(exchange("PUT", f"/groups/{GROUP}", 204), "/groups/{group-id} has no method PUT")

    def test_a_status_that_is_not_documented(self):
        asked = adding()
        asked["status"] = 200
        self.wrong(asked, "groups.members.ref.add", "200, which is not documented")

    def test_a_body_where_none_is_documented(self):
        asked = adding()
        asked["answer"].update(kind="json", body={})
        self.wrong(asked, "204 with a body")

    def test_an_error_that_graph_does_not_give(self):
        self.wrong(refusal(403, "Forbidden", "No."), "403 Forbidden", "no row")
        self.wrong(refusal(409, "Request_BadRequest", "Already there."), "409 Request_BadRequest")
        said = refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        said["answer"]["body"]["error"]["hint"] = "ask an owner"
        self.wrong(said, "error", "hint")

    def test_what_only_a_throttled_answer_has(self):
        inner = {"code": "429", "message": "Please retry after", "status": "429"}
        throttled = refusal(429, "TooManyRequests", "Please retry again later.")
        throttled["answer"]["body"]["error"]["innerError"].update(inner)
        self.good(throttled)
        denied = refusal(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        denied["answer"]["body"]["error"]["innerError"].update(inner)
        self.wrong(denied, "innerError", "status")

    def test_an_answer_without_its_ids(self):
        asked = adding()
        asked["answer"]["headers"] = {"x-ms-resource-unit": "1"}
        self.wrong(asked, "no request-id")
        self.wrong(asked, "client-request-id")

    def test_a_cost_that_is_not_the_documented_one(self):
        asked = listing()
        asked["answer"]["headers"]["x-ms-resource-unit"] = "2"
        self.wrong(asked, "x-ms-resource-unit is 2", "costs 1")

    def test_what_a_test_asks_by_hand_may_be_wrong_if_it_is_refused(self):
        asked = groups("$select=nonsense")
        del asked["headers"]["client-request-id"]
        inner = {"date": "2026-01-05T08:00:00", "request-id": "r1", "client-request-id": "r1"}
        error = {"code": "Request_UnsupportedQuery", "message": "Unsupported Query.", "innerError": inner}
        asked["answer"]["body"] = {"error": error}
        asked["status"] = 400
        self.good(asked)
        asked["headers"]["client-request-id"] = "c1"
        self.wrong(asked, "nonsense")


if __name__ == "__main__":
    unittest.main()
