"""Checks a record of exchanges against the published contract, and what of the contract was exchanged.

    check.py SHARED RECORD

SHARED is the folder with `graph/`; RECORD is what `ROSTER_EXCHANGES` named in the test run. It ends with 1 and one
sentence for each kind of fault when something is wrong.
"""

import sys
from collections import Counter, defaultdict

import answers
import coverage
import exchanges
import sign_in
from contract import Contract


def main(shared, record):
    contract = Contract(shared)
    report = check(contract, exchanges.read(record))
    report.print()
    wrong = report.sentences() + missing_faults(contract, report)
    for sentence in wrong:
        print(f"WRONG: {sentence}", file=sys.stderr)
    if wrong:
        print(f"{len(wrong)} faults", file=sys.stderr)
    return 1 if wrong else 0


def missing_faults(contract, report):
    """Returns what the list of operations lacks, or has too much."""
    unknown = [f"coverage.toml names {name}, which the contract does not have" for name in coverage.unknown(contract)]
    print(
        "%d operations wait for a success, %d for a documented failure (not_yet in coverage.toml)" % coverage.waiting()
    )
    return unknown + coverage.faults(report.success, report.failure)


class Report:
    """What a check saw."""

    def __init__(self):
        self.seen = Counter()
        self.distinct = 0
        self.unreadable = Counter()
        self.success = Counter()
        self.failure = Counter()
        self.wrong = defaultdict(int)
        self.examples = {}

    def say(self, exchange, sentence):
        whole = f"{exchange['method']} {exchange['target'].split('?')[0]} {exchange['status']}: {sentence}"
        kind = f"{exchange['method']} {exchange['status']}: {exchanges.GUID.sub('{id}', whole)}"
        self.wrong[kind] += 1
        self.examples.setdefault(kind, whole + (f" (asked: {exchange['target']})" if "?" in exchange["target"] else ""))

    def sentences(self):
        return [self.examples[kind] for kind in self.wrong]

    def print(self):
        print(
            f"{sum(self.seen.values())} exchanges: " + ", ".join(f"{n} {side}" for side, n in sorted(self.seen.items()))
        )
        print(f"{self.distinct} of them differ and were checked")
        for fault, number in sorted(self.unreadable.items()):
            print(f"{number} answers left unread, which the fault {fault} made so")
        for name in sorted({*self.success, *self.failure}):
            print(f"{name}: {self.success[name]} in success, {self.failure[name]} in a documented failure")


def check(contract, record):
    """Checks each kind of exchange once, and counts all of them."""
    report, judged = Report(), {}
    for exchange in record:
        report.seen[exchange["side"]] += 1
        key = exchanges.key(exchange, template(contract, exchange))
        if key not in judged:
            report.distinct += 1
            side = answers.faults if exchange["side"] == "graph" else sign_in.faults
            judged[key] = side(contract, exchange)
            for sentence in judged[key][0]:
                report.say(exchange, sentence)
        operation = judged[key][1]
        if exchange["side"] == "graph":
            count(contract, report, exchange, operation)
    return report


def template(contract, exchange):
    if exchange["side"] != "graph":
        return "/".join(exchange["segments"][1:])
    operation, _ = contract.find(exchange["method"], exchange["segments"][1:])
    return operation.template if operation else "/".join(exchange["segments"][1:])


def count(contract, report, exchange, operation):
    """Counts an exchange of the portal for its operation, if it went as documented."""
    if answers.is_unreadable(exchange):
        report.unreadable[exchange["fault"] or exchange["answer"]["kind"]] += 1
    elif operation is not None and exchanges.is_of_product(exchange):
        if exchange["status"] < 300:
            report.success.update(coverage.names_of(operation, exchange))
        elif is_documented(contract, exchange):
            report.failure.update(coverage.names_of(operation, exchange))


def is_documented(contract, exchange):
    error = (exchange["answer"]["body"] or {}).get("error", {}) if exchange["answer"]["kind"] == "json" else {}
    return answers.known_error(contract, exchange["status"], error.get("code"), error.get("message", "")) is not None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
