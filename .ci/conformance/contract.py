"""The published contract: which operations there are, what they take, and what they answer."""

import json
import re
import tomllib
from pathlib import Path

from closed import Closed, name_of

HERE = Path(__file__).parent
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
METHODS = ("get", "post", "put", "patch", "delete")


def data(name):
    """Returns a data file of this folder."""
    with open(HERE / f"{name}.toml", "rb") as file:
        return tomllib.load(file)


class Operation:
    """One method of one path."""

    def __init__(self, contract, method, template, item):
        self.contract = contract
        self.method = method.upper()
        self.template = template
        self.item = item
        self.id = item["operationId"]
        self.segments = template.strip("/").split("/")
        self.is_delta = template.endswith("/delta()")
        self.is_list = False
        self.type = None
        self.find_type()

    def find_type(self):
        """Finds the type of what is answered: the entity, or that of a list's entries."""
        schema = self.success()
        while schema is not None:
            if "$ref" in schema and "value" not in self.contract.own(schema):
                self.type = name_of(schema["$ref"])
                return
            own = self.contract.own(schema)
            items = own.get("value", {}).get("items")
            self.is_list = self.is_list or items is not None
            schema = items if items and "$ref" in items else None

    def success(self):
        """Returns the schema of the JSON answered in success, if there is one."""
        for status, answer in self.item["responses"].items():
            if status.startswith("2"):
                content = answer.get("content", {}).get("application/json")
                if content:
                    return content["schema"]
        return None

    def parameters(self):
        """Returns the query options and headers by name."""
        return {p["name"]: p for p in map(self.contract.resolved, self.item.get("parameters", []))}

    def answer(self, status):
        """Returns what is documented for a status, and whether by its number; `None` when nothing is."""
        responses = self.item["responses"]
        exact = responses.get(str(status))
        ranged = responses.get(f"{status // 100}XX")
        found = exact or ranged
        return found and self.contract.resolved(found)


class Contract:
    """The contract, and the hand-written notes of where it bends."""

    def __init__(self, shared):
        folder = Path(shared) / "graph"
        self.document = json.loads((folder / "openapi-v1.0-groups.json").read_text())
        self.permissions = json.loads((folder / "permissions.json").read_text())
        self.errors = json.loads((folder / "errors.json").read_text())["errors"]
        self.samples = folder / "samples"
        self.bends = data("bends")
        self.schemas = self.document["components"]["schemas"]
        self.closed = Closed(self.schemas, self.bends)
        self.operations = [
            Operation(self, method, template, item[method])
            for template, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        ]

    def resolved(self, item):
        """Follows a reference to a parameter, a response or a header."""
        while "$ref" in item:
            kind, name = item["$ref"].removeprefix("#/components/").split("/", 1)
            item = self.document["components"][kind][name]
        return item

    def own(self, schema):
        """Returns every property of a schema, with those of its bases."""
        if "$ref" in schema:
            return self.own(self.schemas[name_of(schema["$ref"])])
        properties = {}
        for part in schema.get("allOf", []):
            properties.update(self.own(part))
        properties.update(schema.get("properties", {}))
        return properties

    def properties(self, name):
        """Returns the properties of a type; of one that stands for several, those of all of them."""
        properties = {}
        for other in self.closed.mapping(name).values():
            properties.update(self.own(self.schemas[other]))
        properties.update(self.own(self.schemas[name]))
        return properties

    def find(self, method, segments):
        """Returns the operation of a path below the version, and why there is none."""
        named = [normal(segment) for segment in segments]
        on_path = [o for o in self.operations if fits(o.segments, named)]
        if not on_path:
            return None, f"the contract has no path /{'/'.join(named)}"
        # A path that is spelt out comes before one with a parameter in its place.
        most = max(literal(o.segments) for o in on_path)
        on_path = [o for o in on_path if literal(o.segments) == most]
        for operation in on_path:
            if operation.method == method:
                return operation, None
        return None, f"{on_path[0].template} has no method {method}"


def normal(segment):
    """Spells a cast and a function as the contract does."""
    if segment.startswith("microsoft.graph."):
        return segment.removeprefix("microsoft.")
    return "delta()" if segment == "delta" else segment


def literal(segments):
    return sum(not segment.startswith("{") for segment in segments)


def fits(template, segments):
    if len(template) != len(segments):
        return False
    return all(
        is_value(part, value) if part.startswith("{") else part == value for part, value in zip(template, segments)
    )


def is_value(parameter, value):
    """A segment in a parameter's place is an id, not a word that the contract does not know."""
    if parameter == "{profilePhoto-id}":
        return re.fullmatch(r"\d+x\d+", value) is not None
    return "$" not in value and "graph." not in value and not value.endswith("()")
