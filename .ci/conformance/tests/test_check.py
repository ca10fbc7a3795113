"""The check as a whole: one line of a record is enough to fail it, and what was not exchanged is said."""

import contextlib
import copy
import io
import json
import tempfile
import unittest
from collections import Counter

from support import CONTRACT, SHARED, adding, listing

import check
import coverage
import exchanges

WISH = {
    "operation": [
        {"name": "List groups", "any": ["groups.list"]},
        {"name": "Delete a group", "any": ["groups.delete"]},
    ],
    "not_yet": {"success": ["Delete a group"], "failure": ["List groups", "Delete a group"]},
}


def checked(*lines):
    return check.check(CONTRACT, [json.loads(json.dumps(line)) for line in lines])


class Check(unittest.TestCase):
    def test_one_kind_is_checked_once_and_counted_always(self):
        report = checked(listing(), listing(), listing(displayName="Another name entirely"), listing(groupTypes=None))
        self.assertEqual((report.seen["graph"], report.distinct), (4, 2))
        self.assertEqual(report.success["groups.list"], 4)
        self.assertEqual(len(report.sentences()), 1)

    def test_another_shape_is_another_kind(self):
        template = "/groups"
        wrong = listing(nickname="x")
        self.assertNotEqual(exchanges.key(listing(), template), exchanges.key(wrong, template))
        wrong = listing()
        wrong["answer"]["body"]["value"][0]["owners"][0]["@odata.type"] = "#microsoft.graph.person"
        self.assertNotEqual(exchanges.key(listing(), template), exchanges.key(wrong, template))

    def test_a_planted_line_fails_the_whole_check_and_is_named(self):
        said = io.StringIO()
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as record, contextlib.redirect_stderr(said):
            wrong = adding()
            wrong["body"]["json"]["role"] = "owner"
            for line in (adding(), wrong):
                record.write(json.dumps(line) + "\n")
            record.flush()
            with contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(check.main(SHARED, record.name), 1)
        self.assertIn("WRONG: POST /v1.0/groups/", said.getvalue())
        self.assertIn("'role'", said.getvalue())

    def test_answers_that_a_fault_made_unreadable_are_counted_as_left_out(self):
        lost, cut = adding(), listing()
        lost.update(fault="DropAfterApplying", status=0, answer=None)
        cut.update(fault="TruncatedJson")
        cut["answer"].update(kind="broken", body='{"value": [{"id')
        report = checked(lost, cut)
        self.assertEqual(report.unreadable, Counter({"DropAfterApplying": 1, "TruncatedJson": 1}))
        self.assertEqual((report.sentences(), sum(report.success.values())), ([], 0))

    def test_a_request_whose_answer_is_lost_is_still_judged(self):
        lost = adding()
        lost["body"]["json"]["role"] = "owner"
        lost.update(fault="DropAfterApplying", status=0, answer=None)
        self.assertEqual(len(checked(lost).sentences()), 1)

    def test_what_a_test_asks_by_hand_counts_for_no_operation(self):
        by_hand = listing()
        del by_hand["headers"]["client-request-id"]
        part = copy.deepcopy(by_hand)
        part["part_of"] = "c1"
        self.assertEqual(checked(by_hand).success["groups.list"], 0)
        self.assertEqual(checked(part).success["groups.list"], 1)

    def test_a_failure_counts_when_the_catalogue_knows_it(self):
        refused = adding()
        refused.update(status=403)
        inner = {"date": "2026-01-05T08:00:00", "request-id": "r1", "client-request-id": "c1"}
        message = "Insufficient privileges to complete the operation."
        error = {"code": "Authorization_RequestDenied", "message": message, "innerError": inner}
        refused["answer"].update(kind="json", body={"error": error})
        self.assertEqual(checked(refused).failure["groups.members.ref.add"], 1)


class Coverage(unittest.TestCase):
    def test_what_was_never_exchanged_is_said(self):
        said = coverage.faults(Counter(), Counter(), WISH)
        self.assertEqual(said, ["'List groups' (groups.list) was never exchanged in success"])

    def test_what_no_longer_waits_has_to_leave_the_list(self):
        said = coverage.faults(Counter(["groups.list", "groups.delete"]), Counter(), WISH)
        self.assertEqual(len(said), 1)
        self.assertIn("'Delete a group' was exchanged in success: take it out of not_yet.success", said[0])

    def test_the_list_names_operations_of_the_contract(self):
        self.assertEqual(coverage.unknown(CONTRACT), [])
        self.assertEqual(
            coverage.unknown(CONTRACT, {"operation": [{"name": "x", "any": ["groups.bless"]}]}), ["groups.bless"]
        )

    def test_an_option_makes_another_operation(self):
        operation, _ = CONTRACT.find("GET", ["groups"])
        self.assertEqual(coverage.names_of(operation, listing()), ["groups.list", "groups.list+$expand"])


if __name__ == "__main__":
    unittest.main()
