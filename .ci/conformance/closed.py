"""Closes the schemas of the contract: what they do not name, nothing may have.

The contract is OpenAPI 3.0 and leaves every schema open. Here it becomes JSON Schema 2020-12, in three readings of each
type: `ask` (what a body may hold), `answer` (what a reply may hold) and `delta` (an answer with the annotations of a
change). A base type stays open, because `allOf` puts it under another; every use of a type is closed with
`unevaluatedProperties`.
"""

from jsonschema import Draft202012Validator, FormatChecker

REF = "#/components/schemas/"
# The formats whose text a wrong emulator could get wrong, and that the contract gives no pattern for.
FORMATS = FormatChecker(formats=["uuid", "date"])


def name_of(ref):
    return ref.removeprefix(REF)


def pointer(reading, kind, name):
    return f"#/$defs/{reading}|{kind}|{name}"


class Closed:
    """Makes validators of the contract's schemas, closed."""

    def __init__(self, schemas, bends):
        self.schemas = schemas
        self.bends = bends
        self.defs = {}
        for name, schema in schemas.items():
            for reading in ("ask", "answer", "delta"):
                self.defs[f"{reading}|open|{name}"] = self.turned(schema, reading, base=True)
                self.defs[f"{reading}|closed|{name}"] = self.closed(name, reading)
        self.made = {}

    def validator(self, key, schema, reading):
        """Returns the validator of a schema as it stands at an operation."""
        if (key, reading) not in self.made:
            turned = {"$defs": self.defs, **self.turned(schema, reading)}
            self.made[key, reading] = Draft202012Validator(turned, format_checker=FORMATS)
        return self.made[key, reading]

    def mapping(self, name):
        """Returns the types that may stand where this one is named, by their `@odata.type`."""
        schema = self.schemas[name]
        for part in schema.get("allOf", [schema]):
            if "discriminator" in part:
                return {key: name_of(ref) for key, ref in part["discriminator"]["mapping"].items()}
        return {}

    def closed(self, name, reading):
        mapping = self.mapping(name)
        schema = self.schemas[name]
        if "enum" in schema:
            return {"$ref": pointer(reading, "open", name)}
        only = {"$ref": pointer(reading, "open", name), **self.shut(schema, reading)}
        if not mapping:
            return only
        # Without a type it is the base and nothing more; with one, it is that type, and it has to be one of these.
        of_type = lambda key: {"required": ["@odata.type"], "properties": {"@odata.type": {"const": key}}}
        derived = [
            {"if": of_type(key), "then": {"$ref": pointer(reading, "closed", other)}} for key, other in mapping.items()
        ]
        untyped = {"if": {"not": {"required": ["@odata.type"]}}, "then": only}
        known = {"properties": {"@odata.type": {"enum": [*mapping, f"#{name}"]}}}
        return {"type": "object", "allOf": [known, untyped, *derived]}

    def shut(self, schema, reading):
        """Returns what closes a schema: nothing unnamed, except what the bends say that Graph adds."""
        if schema.get("type") != "object" and "allOf" not in schema:
            return {}
        extra = {} if reading == "ask" else {name: {"type": "string"} for name in self.bends["annotations"]["object"]}
        return {"properties": extra, "unevaluatedProperties": False}

    def turned(self, schema, reading, base=False):
        """Turns a schema of OpenAPI 3.0 into one of JSON Schema."""
        if "$ref" in schema:
            return {"$ref": pointer(reading, "open" if base else "closed", name_of(schema["$ref"]))}
        if "anyOf" in schema:
            # The official idiom for a reference that may be null; read literally it would let any object pass.
            parts = [part for part in schema["anyOf"] if "$ref" in part]
            assert len(parts) == 1 and len(schema["anyOf"]) == 2, schema
            return {"anyOf": [self.turned(parts[0], reading), {"type": "null"}]}
        turned = {
            key: schema[key]
            for key in ("pattern", "format", "enum", "maxItems", "minItems", "required")
            if key in schema
        }
        if schema.get("format") == "binary":
            turned = {}
        if "oneOf" in schema:
            turned["oneOf"] = [self.turned(part, reading) for part in schema["oneOf"]]
        if "type" in schema:
            turned["type"] = [schema["type"], "null"] if schema.get("nullable") else schema["type"]
            if schema.get("nullable") and "enum" in turned:
                turned["enum"] = [*turned["enum"], None]
        if "items" in schema:
            turned["items"] = self.turned(schema["items"], reading)
        if "allOf" in schema:
            turned["allOf"] = [self.turned(part, reading, base=True) for part in schema["allOf"]]
        if "properties" in schema:
            turned["properties"] = self.properties(schema["properties"], reading)
        # `{"type": "object"}` is how the official files say "open"; only a map of texts is meant.
        extra = schema.get("additionalProperties")
        if extra is not None and extra != {"type": "object"}:
            turned["additionalProperties"] = self.turned(extra, reading)
        elif not base and (schema.get("type") == "object" or "allOf" in schema):
            shut = self.shut(schema, reading)
            turned["properties"] = {**shut.get("properties", {}), **turned.get("properties", {})}
            turned["unevaluatedProperties"] = False
        return turned

    def properties(self, properties, reading):
        kept = {}
        for name, schema in properties.items():
            annotates_change = name == "@removed" or name.endswith("@delta")
            if schema.get("writeOnly") and reading != "ask" or annotates_change and reading != "delta":
                continue
            kept[name] = self.turned(schema, reading)
        return kept


def faults(validator, value):
    """Returns each place where a value breaks its schema, as a sentence."""
    found = [leaf for error in validator.iter_errors(value) for leaf in leaves(error)]
    # An object with a fault inside counts as wholly unexpected to the objects around it: say the inner fault only.
    deepest = [one for one in found if not (one.validator == "unevaluatedProperties" and holds_another(one, found))]
    return [sentence(one) for one in deepest]


def holds_another(one, found):
    place = list(one.absolute_path)
    inside = lambda other: list(other.absolute_path)[: len(place)] == place and other is not one
    return any(inside(other) and (len(other.absolute_path) > len(place)) for other in found)


def sentence(error):
    where = "/".join(str(part) for part in error.absolute_path) or "the body"
    return f"{where}: {error.message[:300]}"


def leaves(error):
    """Returns the innermost reasons of an error; of alternatives, those of the first that is not `null`."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        first = [inner for inner in error.context if inner.schema_path and inner.schema_path[0] == 0]
        return [leaf for inner in first for leaf in leaves(inner)] or [error]
    if error.context:
        return [leaf for inner in error.context for leaf in leaves(inner)]
    return [error]
