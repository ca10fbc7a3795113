"""Reads `$filter` and `$search` by a grammar, and says what Graph would refuse about them.

Written from section 4.3 of the facts and the property texts; it shares nothing with the emulator's reader.
"""

from dataclasses import dataclass, field

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

FILTER = r"""
    ?start: _any
    _any: _GAP? either _GAP?
    ?either: both (_GAP OR _GAP both)*
    ?both: single (_GAP AND _GAP single)*
    ?single: not | _group | comparison | membership | call | exists | amount
    not: NOT _GAP? (_group | comparison | membership | call | exists | amount)
    _group: "(" _any ")"
    comparison: path _GAP COMPARE _GAP literal
    membership: path _GAP IN _GAP? "(" _GAP? literal (_GAP? "," _GAP? literal)* _GAP? ")"
    call: CALL "(" _GAP? path _GAP? "," _GAP? literal _GAP? ")"
    exists: path "/any(" [VARIABLE ":" _any] ")"
    amount: path "/$count" _GAP COMPARE _GAP NUMBER
    path: NAME ("/" NAME)*
    ?literal: TEXT | TRUTH | NULL | MOMENT | NUMBER

    OR: "or"i
    AND: "and"i
    NOT: "not"i
    IN: "in"
    COMPARE: "eq" | "ne" | "ge" | "le" | "gt" | "lt"
    CALL.3: /startswith|endswith|startsWith|endsWith|contains/
    VARIABLE: /[a-z][A-Za-z]*/
    NAME: /(?!any\b)[A-Za-z][A-Za-z0-9_]*/
    TEXT: /'([^']|'')*'/
    TRUTH.2: "true" | "false"
    NULL.2: "null"
    MOMENT.2: /\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?/
    NUMBER: /-?\d+/
    _GAP: / +/
"""

SEARCH = r"""
    start: clause (" " JOIN " " clause)*
    clause: QUOTE NAME ":" TEXT QUOTE
    JOIN: "AND" | "OR"
    QUOTE: "\""
    NAME: /[A-Za-z]+/
    TEXT: /([^"\\]|\\["\\])+/
"""

KINDS = {"TEXT": "text", "TRUTH": "truth", "NULL": "null", "MOMENT": "moment", "NUMBER": "number"}


@dataclass
class Used:
    """One use of a property: by which operator, with what kind of value."""

    path: str
    operator: str
    kind: str
    value: str = ""


@dataclass
class Condition:
    """What a filter asks for."""

    uses: list = field(default_factory=list)
    negated: bool = False


class Reader(Transformer):
    """Collects the uses of properties from the tree of a filter."""

    def path(self, names):
        return "/".join(names)

    def comparison(self, parts):
        path, operator, value = (p for p in parts if p is not None)
        return Condition([Used(path, str(operator), KINDS[value.type], str(value))])

    def membership(self, parts):
        path, values = parts[0], [p for p in parts[1:] if isinstance(p, Token) and p.type in KINDS]
        return Condition([Used(path, "in", KINDS[value.type], str(value)) for value in values])

    def call(self, parts):
        name, path, value = parts
        return Condition([Used(path, name.lower(), KINDS[value.type], str(value))])

    def amount(self, parts):
        path, operator, value = parts
        return Condition([Used(path, f"$count {operator}", "number", str(value))])

    def exists(self, parts):
        path, variable, inner = parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None
        if variable is None:
            return Condition([Used(path, "any", "nothing")])
        uses = []
        for use in inner.uses:
            first, _, rest = use.path.partition("/")
            if first != variable:
                raise ValueError(f"'{use.path}' inside any() does not begin with its variable '{variable}'")
            uses.append(Used(path + ("/" + rest if rest else ""), f"any {use.operator}", use.kind, use.value))
        return Condition(uses, inner.negated)

    def gathered(self, parts):
        conditions = [part for part in parts if isinstance(part, Condition)]
        uses = [use for condition in conditions for use in condition.uses]
        return Condition(uses, any(condition.negated for condition in conditions))

    either = both = start = gathered

    def not_(self, parts):
        condition = self.gathered(parts)
        condition.negated = True
        return condition


setattr(Reader, "not", Reader.not_)

filter_grammar = Lark(FILTER, parser="earley", maybe_placeholders=True)
search_grammar = Lark(SEARCH, parser="lalr")


def read_filter(text):
    """Returns the condition of a filter, or raises `ValueError` with what is wrong with it."""
    try:
        return Reader().gathered([Reader().transform(filter_grammar.parse(text))])
    except VisitError as problem:
        raise ValueError(str(problem.orig_exc)) from problem
    except LarkError as problem:
        raise ValueError(f"it is no filter: {str(problem).splitlines()[0]}") from problem


def read_search(text):
    """Returns the properties that a search names, or raises `ValueError`."""
    try:
        tree = search_grammar.parse(text)
    except LarkError as problem:
        raise ValueError(f"it is no search: {str(problem).splitlines()[0]}") from problem
    return [str(token) for token in tree.scan_values(lambda token: isinstance(token, Token) and token.type == "NAME")]


def prefixes(condition):
    """Returns the properties that are asked for their beginning."""
    return {use.path for use in condition.uses if use.operator.endswith("startswith")}


def needs_index(condition, prefixes_allowed):
    """Returns why a filter is an advanced query, or `None` when it is not (facts 4.3)."""
    if condition.negated:
        return "it negates"
    for use in condition.uses:
        for mark in ("ne", "endswith", "$count"):
            if mark in use.operator.split():
                return f"it uses {mark} on {use.path}"
    if len(prefixes(condition)) > prefixes_allowed:
        return "it asks for the beginning of several properties"
    return None


def faults(condition, table, type_name):
    """Returns each use that the type's table of filters does not allow."""
    found = []
    for use in condition.uses:
        allowed = table.get(use.path)
        if allowed is None:
            found.append(f"$filter names {use.path}, which {type_name} cannot be filtered by")
            continue
        kinds = allowed["kind"].split("|")
        operators = allowed["operators"]
        if use.operator not in operators:
            found.append(
                f"$filter uses '{use.operator}' on {use.path} of {type_name}, which takes {', '.join(operators)}"
            )
        elif use.operator.startswith("$count"):
            if use.value not in ("0", "1"):
                found.append(f"$filter counts {use.path} against {use.value}; only 0 and 1 can be asked")
        elif use.kind not in kinds and not (use.kind == "null" and allowed.get("null")) and use.kind != "nothing":
            found.append(f"$filter compares {use.path} of {type_name} with {use.kind}, which is {allowed['kind']}")
    return found
