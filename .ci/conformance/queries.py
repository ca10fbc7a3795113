"""Checks the query options of a call: which, with what values, and whether the index they need is asked for."""

import filters
from contract import data

TABLE = data("properties")
# Reads of relations of an object; a filter or a sort order on them is answered by the index only (facts 4.3).
RELATIONS = ("members", "owners", "transitiveMembers", "memberOf", "transitiveMemberOf", "ownedObjects")
# "Casts on transitive or member lists" are advanced (facts 4.3); that of ownedObjects may be (facts 1.3), so it has to ask.
CASTS_OF_INDEX = ("members", "transitiveMembers", "transitiveMemberOf", "ownedObjects")


def faults(contract, operation, exchange):
    """Returns everything that Graph would refuse, or silently ignore, about the options of a call."""
    return Options(contract, operation, exchange).faults()


class Options:
    def __init__(self, contract, operation, exchange):
        self.contract = contract
        self.operation = operation
        self.given = [(name, value) for name, value in exchange["query"]]
        self.options = dict(self.given)
        self.eventual = exchange["headers"].get("consistencylevel", "").lower() == "eventual"
        self.advanced = self.eventual and self.options.get("$count") == "true"
        self.found = []

    def faults(self):
        self.names()
        for check in (
            self.select,
            self.expand,
            self.filter,
            self.search,
            self.orderby,
            self.top,
            self.count,
            self.index,
        ):
            check()
        return self.found

    def say(self, sentence):
        self.found.append(sentence)

    def needs(self, reason, count=True):
        """Demands what an advanced query needs."""
        if not self.eventual:
            self.say(f"an advanced query ({reason}) without the header ConsistencyLevel: eventual")
        elif count and not self.advanced:
            self.say(f"an advanced query ({reason}) without $count=true")

    def names(self):
        allowed = {name for name, p in self.operation.parameters().items() if p["in"] == "query"}
        taken = [name for name, _ in self.given]
        for name in taken:
            if name not in allowed:
                self.say(f"the query option {name} is not one of {self.operation.template}")
            elif taken.count(name) > 1:
                self.say(f"the query option {name} is given twice")
            elif self.operation.is_delta and name in TABLE["delta"]["never"]:
                self.say(f"a delta does not take {name}")
            elif name == "$skip" and self.is_of_directory():
                self.say("objects of the directory do not take $skip")

    def is_of_directory(self):
        return self.operation.type in (
            "microsoft.graph.group",
            "microsoft.graph.user",
            "microsoft.graph.directoryObject",
        )

    def known(self):
        return self.contract.properties(self.operation.type) if self.operation.type else {}

    def select(self):
        if "$select" in self.options:
            allowed = TABLE["delta"]["select"] if self.operation.is_delta else []
            self.selected("$select", self.options["$select"], self.operation.type, allowed)

    def selected(self, option, text, type_name, also=()):
        known = self.contract.properties(type_name) if type_name else {}
        for name in text.split(","):
            if name not in known and name not in also:
                self.say(f"{option} names {name!r}, which {type_name} does not have")
            elif known.get(name, {}).get("x-ms-navigationProperty") and name not in also:
                self.say(f"{option} names {name!r}, which {type_name} has as a relation; that takes $expand")
            elif "@" in name:
                self.say(f"{option} names the annotation {name!r}")

    def expand(self):
        if "$expand" not in self.options:
            return
        if self.eventual or "$search" in self.options:
            self.say("$expand together with an advanced query")
        for part in parts(self.options["$expand"]):
            name, _, inner = part.partition("(")
            relation = self.known().get(name)
            if not relation or not relation.get("x-ms-navigationProperty"):
                self.say(f"$expand names {name!r}, which is no relation of {self.operation.type}")
                continue
            self.expanded(name, relation, inner, part)

    def expanded(self, name, relation, inner, part):
        if not inner:
            return
        if not inner.endswith(")"):
            self.say(f"$expand={part} is not closed")
            return
        for option in inner[:-1].split(";"):
            key, _, value = option.partition("=")
            if key == "$select":
                self.selected(f"$select inside $expand={name}", value, target(relation))
            elif not (key == "$levels" and name == "manager"):
                self.say(f"$expand={name} with the option {key}, which is not taken there")

    def filter(self):
        if "$filter" not in self.options:
            return
        text = self.options["$filter"]
        try:
            condition = filters.read_filter(text)
        except ValueError as problem:
            self.say(f"$filter={text}: {problem}")
            return
        table, type_name = self.filter_table(), self.operation.type
        for sentence in filters.faults(condition, table, type_name):
            self.say(sentence)
        if self.operation.is_delta:
            if len(condition.uses) > TABLE["delta"]["most"]:
                self.say(f"a delta takes at most {TABLE['delta']['most']} ids in $filter")
            return
        # The audit log lies outside the directory: its filters need no header (facts 4.3, 1.6).
        reason = filters.needs_index(condition, TABLE["prefixes"].get(type_name, 1))
        if reason and type_name != "microsoft.graph.directoryAudit":
            self.needs(f"$filter={text}: {reason}")

    def filter_table(self):
        if self.operation.is_delta:
            return TABLE["delta"]["filter"]
        joined = {}
        for name in TABLE["joined"].get(self.operation.type, [self.operation.type]):
            joined.update(TABLE["filter"].get(name, {}))
        return joined

    def search(self):
        if "$search" not in self.options:
            return
        text = self.options["$search"]
        self.needs(f"$search={text}", count=False)
        try:
            named = filters.read_search(text)
        except ValueError as problem:
            self.say(f"$search={text}: {problem}")
            return
        for name in named:
            if name not in TABLE["search"].get(self.operation.type, []):
                self.say(f"$search names {name}, which {self.operation.type} cannot be searched by")

    def orderby(self):
        if "$orderby" not in self.options:
            return
        name, _, direction = self.options["$orderby"].partition(" ")
        if name not in TABLE["sort"].get(self.operation.type, []):
            self.say(f"$orderby names {name!r}, which {self.operation.type} cannot be sorted by")
        if direction not in ("", "asc", "desc"):
            self.say(f"$orderby says {direction!r}, which is neither asc nor desc")
        if name in TABLE["sort"]["advanced"]:
            self.needs(f"$orderby={name}")

    def top(self):
        if "$top" not in self.options:
            return
        value = self.options["$top"]
        if not value.isdecimal() or not 1 <= int(value) <= 999:
            self.say(f"$top={value} is not a number from 1 to 999")

    def count(self):
        if self.options.get("$count", "true") not in ("true", "false"):
            self.say(f"$count={self.options['$count']} is neither true nor false")
        if self.options.get("$count") == "true" and not self.eventual and self.is_of_directory():
            self.say("$count=true without the header ConsistencyLevel: eventual, which Graph ignores")
        if self.operation.segments[-1] == "$count" and not self.eventual:
            self.say("a /$count without the header ConsistencyLevel: eventual")

    def index(self):
        """Checks what needs the index for other reasons than its filter."""
        if "$filter" in self.options and "$orderby" in self.options and self.is_of_directory():
            self.needs("$filter with $orderby")
        segments = self.operation.segments
        relation = next((part for part in segments if part in RELATIONS), None)
        if relation and segments[-1] != "$count":
            for option in ("$filter", "$orderby"):
                if option in self.options:
                    self.needs(f"{option} on {relation}")
            if relation in CASTS_OF_INDEX and segments[-1].startswith("graph."):
                self.needs(f"the cast {segments[-1]} of {relation}")


def target(relation):
    """Returns the type a relation leads to."""
    reference = relation.get("items", relation)
    for part in reference.get("anyOf", [reference]):
        if "$ref" in part:
            return part["$ref"].rsplit("/", 1)[1]
    return None


def parts(text):
    """Splits at the commas outside of parentheses."""
    found, depth = [""], 0
    for letter in text:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append("")
        else:
            found[-1] += letter
    return found
