"""How the API is described: parameters, problems and sign-in of every operation (OpenAPI 3.1)."""

from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from foundation.base import problems

ALWAYS = (401, 403, 405, 406, 429, 500)


class ProblemLine(serializers.Serializer):
    """One thing that is wrong."""

    parameter = serializers.CharField(required=False, help_text="Name of the query parameter.")
    pointer = serializers.CharField(required=False, help_text="JSON pointer to the field of the body.")
    detail = serializers.CharField(help_text="What it takes, in words.")


class Problem(serializers.Serializer):
    """RFC 9457. Every answer that is not a success looks like this."""

    type = serializers.CharField(help_text="Address of the explanation in the reference.")
    title = serializers.CharField(help_text="The kind of problem in words: always the same for one type.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What went wrong this time, in words.")
    errors = ProblemLine(many=True, required=False)


class ApiSchema(AutoSchema):
    """settings.REST_FRAMEWORK["DEFAULT_SCHEMA_CLASS"]."""

    def get_override_parameters(self) -> list[Any]:
        is_list = getattr(self.view, "action", "") == "list"
        return [self.view.parameters] if is_list and hasattr(self.view, "parameters") else []

    def get_description(self) -> str:
        is_one = getattr(self.view, "action", "") == "retrieve"
        return str(getattr(self.view, "one", "")) if is_one else super().get_description()

    def get_response_serializers(self) -> Any:
        of_its_own = (400,) if getattr(self.view, "action", "") == "list" else (400, 404)
        refused = {(status, problems.CONTENT_TYPE): Problem for status in sorted({*ALWAYS, *of_its_own})}
        return {200: self._get_serializer(), **refused}

    def _get_response_for_code(self, serializer: Any, status_code: str, *args: Any, **kwargs: Any) -> Any:
        built = super()._get_response_for_code(serializer, status_code, *args, **kwargs)
        kind = problems.KINDS.get(int(status_code))
        built["description"] = f"{kind.title}." if kind else "What was asked for."
        return built


class SessionCookie(OpenApiAuthenticationExtension):
    target_class = "foundation.base.api_refusals.SignedInSession"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of somebody who has signed in on the website.",
        }


@cache
def document() -> dict[str, Any]:
    """The whole description, made once a process: it depends on the code alone."""
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return described
