"""Planted mistakes in the options of a question, and in what it may be asked with."""

import unittest

from support import ALAN, EVENTUAL, GROUP, METADATA, exchange, faults, groups, people


class Options(unittest.TestCase):
    def good(self, asked):
        self.assertEqual(faults(asked), [])

    def wrong(self, asked, *named):
        said = faults(asked)
        self.assertTrue(any(all(name in sentence for name in named) for sentence in said), f"{named} in {said}")

    def test_a_property_to_select(self):
        self.wrong(groups("$select=id,displayname"), "$select names 'displayname'")
        self.wrong(groups("$select=id,owners"), "$select names 'owners'", "takes $expand")

    def test_a_property_to_select_inside_an_expansion(self):
        self.wrong(groups("$expand=owners($select=id,nickname)"), "inside $expand=owners", "'nickname'")
        self.wrong(groups("$expand=owners($top=5)"), "$expand=owners", "$top")
        self.wrong(groups("$expand=owner"), "$expand names 'owner'")

    def test_an_expansion_with_an_advanced_query(self):
        self.wrong(groups("$expand=owners&$count=true", headers=EVENTUAL), "$expand together with an advanced query")

    def test_an_option_that_does_not_exist(self):
        self.wrong(groups("$limit=5"), "the query option $limit")
        self.wrong(groups("filter=id eq 'x'"), "the query option filter")
        self.wrong(groups("$skip=5"), "$skip")

    def test_a_value_of_an_option(self):
        self.wrong(groups("$top=1000"), "$top=1000")
        self.wrong(groups("$top=many"), "$top=many")
        self.wrong(groups("$count=yes"), "$count=yes")
        self.wrong(groups("$top=5&$top=6"), "$top is given twice")
        self.wrong(groups("$orderby=displayName up"), "'up'")
        self.wrong(groups("$orderby=createdDateTime"), "$orderby names 'createdDateTime'")

    def test_a_property_to_filter_by(self):
        self.wrong(groups("$filter=displayname eq 'a'"), "$filter names displayname")
        self.wrong(groups("$filter=visibility eq 'Public'"), "$filter names visibility")
        self.wrong(groups("$filter=groupTypes/any(c:c/name eq 'Unified')"), "groupTypes/name")

    def test_an_operator_of_a_filter(self):
        self.wrong(groups("$filter=displayName gt 'a'"), "'gt' on displayName")
        self.wrong(groups("$filter=contains(displayName,'a')"), "'contains' on displayName")
        self.wrong(groups("$filter=groupTypes eq 'Unified'"), "'eq' on groupTypes")
        self.wrong(groups("$filter=owners/$count gt 1&$count=true", headers=EVENTUAL), "'$count gt' on owners")
        self.wrong(groups("$filter=owners/$count eq 2&$count=true", headers=EVENTUAL), "owners against 2")

    def test_a_value_of_a_filter(self):
        self.wrong(groups("$filter=mailEnabled eq 'true'"), "mailEnabled", "text")
        self.wrong(groups("$filter=displayName eq true"), "displayName", "truth")

    def test_the_syntax_of_a_filter(self):
        for text in (
            "displayName = 'a'",
            "displayName eq 'O'Brien'",
            'displayName eq "a"',
            "displayName eq 'a' and",
            "(displayName eq 'a'",
            "displayName == 'a'",
            "groupTypes/any(c:d eq 'Unified')",
            "groupTypes/all(c:c eq 'Unified')",
        ):
            self.wrong(groups(f"$filter={text}"), f"$filter={text}")

    def test_an_advanced_filter_without_its_header(self):
        for text in (
            "onPremisesSyncEnabled ne true",
            "NOT groupTypes/any(c:c eq 'Unified')",
            "owners/$count eq 0",
            "startswith(displayName,'a') or startswith(mail,'a')",
        ):
            self.wrong(groups(f"$filter={text}&$count=true"), "without the header ConsistencyLevel", text)
            self.wrong(groups(f"$filter={text}", headers=EVENTUAL), "without $count=true", text)
            self.good(groups(f"$filter={text}&$count=true", headers=EVENTUAL))
        self.wrong(people("$filter=endswith(mail,'a')&$count=true", headers=None), "endswith", "ConsistencyLevel")
        self.wrong(groups("$filter=mailEnabled eq true&$orderby=displayName"), "$filter with $orderby")

    def test_a_count_that_graph_would_ignore(self):
        self.wrong(groups("$count=true"), "$count=true without the header")
        self.wrong(exchange("GET", "/groups/$count", 200, "4"), "a /$count without the header")
        self.good(exchange("GET", "/groups/$count", 200, "4", headers=EVENTUAL))
        self.wrong(exchange("GET", "/groups/$count", 200, "many", headers=EVENTUAL), "'many'", "number")

    def test_a_cast_and_a_relation_need_the_index(self):
        rows = {"@odata.context": f"{METADATA}#users", "value": [{"id": ALAN}]}
        cast = f"/groups/{GROUP}/members/microsoft.graph.user?$select=id"
        self.wrong(exchange("GET", cast, 200, rows, cost=2), "the cast graph.user of members")
        self.good(exchange("GET", f"{cast}&$count=true", 200, rows, cost=2, headers=EVENTUAL))
        filtered = f"/groups/{GROUP}/members?$select=id&$filter=id eq '{ALAN}'"
        self.wrong(exchange("GET", filtered, 200, rows, cost=2), "$filter on members")

    def test_a_search(self):
        self.wrong(people('$search="displayName:an"', headers=None), "$search", "ConsistencyLevel")
        for text in ("displayName:an", '"displayName:an" or "mail:an"', '"displayName:a"b"', '"an"'):
            self.wrong(people(f"$search={text}"), f"$search={text}")
        self.wrong(people('$search="nickname:an"'), "$search names nickname")

    def test_a_delta_takes_less(self):
        rows = {"@odata.context": f"{METADATA}#groups", "value": [], "@odata.deltaLink": "http://x/v1.0/groups/delta()"}
        self.good(exchange("GET", "/groups/delta?$select=displayName,members", 200, rows))
        self.wrong(exchange("GET", "/groups/delta?$top=5", 200, rows), "delta does not take $top")
        filtered = "/groups/delta?$filter=displayName eq 'a'"
        self.wrong(exchange("GET", filtered, 200, rows), "$filter names displayName")


class Scopes(unittest.TestCase):
    def wrong(self, asked, *named):
        said = faults(asked)
        self.assertTrue(any(all(name in sentence for name in named) for sentence in said), f"{named} in {said}")

    def test_an_operation_that_no_scope_of_roster_permits(self):
        asked = exchange(
            "PATCH", "/policies/authorizationPolicy", 204, body={}, scopes=["Policy.ReadWrite.Authorization"]
        )
        self.wrong(asked, "no scope that Roster may ask for permits authorizationPolicy.update", "Policy.ReadWrite")

    def test_an_answer_to_a_token_that_has_no_right_to_it(self):
        body = {"@odata.id": f"http://127.0.0.1:4000/v1.0/directoryObjects/{ALAN}"}
        path = f"/groups/{GROUP}/members/$ref"
        self.wrong(exchange("POST", path, 204, body=body, scopes=["User.Read"]), "204", "with User.Read", "GroupMember")
        asked = exchange(
            "GET",
            f"/groups/{GROUP}",
            200,
            {"@odata.context": METADATA + "#groups", "id": GROUP},
            kind="application",
            scopes=["Mail.Send"],
        )
        self.wrong(asked, "application token with Mail.Send")


if __name__ == "__main__":
    unittest.main()
