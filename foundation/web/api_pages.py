"""The API's description for machines, and the same for people: a page without JavaScript.

Both are open without signing in: they are made from the code alone and hold no row of anybody's (ADR 52).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from foundation.base import api_schema, problems

Schema = Mapping[str, Any]

SAMPLES = {
    "uuid": "5f0c1d9e-0000-4000-8000-000000000000",
    "date-time": "2026-11-20T09:30:00Z",
    "date": "2026-11-20",
    "uri": "https://safeguarding.example/api/v1/...",
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
}


@login_not_required
def description(request: HttpRequest) -> JsonResponse:
    """OpenAPI 3.1."""
    if request.method not in {"GET", "HEAD"}:
        return problems.answer(405, headers={"Allow": "GET, HEAD"})
    return JsonResponse(api_schema.document(), content_type="application/vnd.oai.openapi+json;version=3.1")


@method_decorator(login_not_required, name="dispatch")
class Reference(TemplateView):
    """The reference. Every kind of problem has a place here, which the problem itself names."""

    template_name = "web/api-docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = api_schema.document()
        return super().get_context_data(
            base=self.request.build_absolute_uri("/api/v1/"),
            operations=list(operations_of(document)),
            problems=problems.KINDS.values(),
            example=json.dumps(problems.body(404), indent=2),
            **kwargs,
        )


def operations_of(document: Schema) -> Iterator[dict[str, Any]]:
    """Each method of each address, as the page shows it."""
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            (content,) = told["responses"]["200"]["content"].values()
            yield {
                "id": told["operationId"],
                "method": method.upper(),
                "path": path,
                "description": told["description"],
                "parameters": [
                    {
                        **each,
                        "takes": in_words(each["schema"], schemas),
                        "description": readable(each.get("description", "")),
                    }
                    for each in told.get("parameters", [])
                ],
                "fields": list(fields_of(content["schema"], schemas)),
                "example": json.dumps(sample_of(content["schema"], schemas), indent=2, ensure_ascii=False),
                "refusals": [int(status) for status in told["responses"] if status != "200"],
            }


def readable(told: str) -> str:
    """The list of values that drf-spectacular writes as Markdown, as plain lines."""
    return re.sub(r"^\* `(.*?)` - ", r"\1: ", told, flags=re.MULTILINE)


def resolved(schema: Schema, schemas: Schema) -> Schema:
    """What a reference stands for; of a choice with null, the other."""
    for branch in [*schema.get("oneOf", []), *schema.get("allOf", [])]:
        if branch.get("type") != "null":
            return resolved(branch, schemas)
    if "$ref" in schema:
        return resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    return schema


def may_be_null(schema: Schema) -> bool:
    return "null" in schema.get("type", []) or any(
        each.get("type") == "null" for each in schema.get("oneOf", [])
    )


def kind_of(schema: Schema) -> str:
    """The type that is not null."""
    kind = schema.get("type", "string")
    return str(next(each for each in kind if each != "null")) if isinstance(kind, list) else str(kind)


def in_words(schema: Schema, schemas: Schema) -> str:
    """What a value may be, in a line."""
    meant = resolved(schema, schemas)
    if "enum" in meant:
        said = "one of " + ", ".join(str(each) for each in meant["enum"] if each is not None)
    elif kind_of(meant) == "array":
        said = f"list of {in_words(meant['items'], schemas)}"
    else:
        said = " ".join(filter(None, [kind_of(meant), f"({meant['format']})" if "format" in meant else ""]))
    limits = [f"{word} {meant[key]}" for key, word in LIMITS.items() if key in meant]
    return ", ".join([said, *limits, *(["or null"] if may_be_null(schema) else [])])


LIMITS = {"minimum": "at least", "maximum": "at most", "maxLength": "length at most", "default": "default"}


def fields_of(schema: Schema, schemas: Schema, before: str = "") -> Iterator[dict[str, str]]:
    """Every field of an answer with its path, such as `results[].area.name`."""
    meant = resolved(schema, schemas)
    if kind_of(meant) == "array":
        yield from fields_of(meant["items"], schemas, f"{before}[]")
    for name, inner in meant.get("properties", {}).items():
        path = f"{before}.{name}" if before else name
        told = inner.get("description") or resolved(inner, schemas).get("description", "")
        yield {"path": path, "takes": in_words(inner, schemas), "description": readable(told)}
        yield from fields_of(inner, schemas, path)


def sample_of(schema: Schema, schemas: Schema) -> Any:
    """An answer of the right shape, with invented values."""
    meant = resolved(schema, schemas)
    if "enum" in meant:
        return meant["enum"][0]
    if kind_of(meant) == "array":
        return [sample_of(meant["items"], schemas)]
    if "properties" in meant:
        return {name: sample_of(inner, schemas) for name, inner in meant["properties"].items()}
    return SAMPLES.get(meant.get("format", ""), SAMPLES.get(kind_of(meant)))
