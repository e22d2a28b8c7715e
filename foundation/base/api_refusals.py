"""Who asks the API, and what it answers where it cannot do what was asked. Settings name both."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from foundation.base import problems
from foundation.base.errors import RuleBroken


class SignedInSession(SessionAuthentication):
    """The session of the website. Says so with 401 where nobody is signed in."""

    def authenticate_header(self, request: Request) -> str:
        return problems.CHALLENGE


class WrongParameters(exceptions.ValidationError):
    """What is wrong stands in the address, not in the body."""


def as_problem(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """The exception handler. None for mistakes of ours: they are logged and answered 500."""
    refused = translated(exception)
    if refused is None:
        return None
    errors, detail = list(named_errors(refused)), said(refused)
    headers = {}
    if getattr(refused, "auth_header", None):
        headers["WWW-Authenticate"] = refused.auth_header
    if getattr(refused, "wait", None) is not None:
        headers["Retry-After"] = str(max(1, round(refused.wait)))
    return Response(
        problems.body(refused.status_code, detail, errors),
        status=refused.status_code,
        headers=headers,
        content_type=problems.CONTENT_TYPE,
    )


class RefusedByRule(exceptions.APIException):
    status_code = 409


def translated(exception: Exception) -> Any:
    """What went wrong as an exception of DRF, or None."""
    if isinstance(exception, Http404):
        return exceptions.NotFound("")
    if isinstance(exception, PermissionDenied):
        return exceptions.PermissionDenied(str(exception) or None)
    if isinstance(exception, RuleBroken):
        return RefusedByRule(str(exception))
    return exception if isinstance(exception, exceptions.APIException) else None


def said(refused: exceptions.APIException) -> str:
    """A sentence of ours where there is one; the kind's own where DRF would speak of its insides."""
    if isinstance(refused, RefusedByRule):
        return str(refused.detail)
    if isinstance(refused, exceptions.ValidationError):
        errors = list(named_errors(refused))
        first = errors[0] if errors else {}
        name = first.get("parameter") or first.get("pointer", "")
        return f"{name}: {first['detail']}" if first else ""
    if type(refused) is exceptions.PermissionDenied and refused.detail != refused.default_detail:
        return str(refused.detail)
    return ""


def named_errors(refused: exceptions.APIException) -> Iterator[dict[str, str]]:
    """One line for each thing that is wrong: `parameter` of the address, or `pointer` into the body."""
    if not isinstance(refused, exceptions.ValidationError):
        return
    in_address = isinstance(refused, WrongParameters)
    for path, sentence in flattened(refused.detail):
        where = {"parameter": ".".join(path)} if in_address else {"pointer": "#/" + "/".join(path)}
        yield {**where, "detail": sentence}


def flattened(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from flattened(inner, path if name == "non_field_errors" else (*path, str(name)))
    elif isinstance(detail, list | tuple):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, Mapping)
            yield from flattened(inner, (*path, str(index)) if nested else path)
    else:
        yield path, str(detail)
