"""The pages for what cannot be done: they say what happened and give back every word that was typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.http.response import HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.views.decorators.csrf import requires_csrf_token

from foundation.base import problems
from foundation.web import hidden_screen
from foundation.web.context import outside

SECRET = re.compile(r"csrf|passw|token|secret|one_time|otp", re.IGNORECASE)
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
DATE_PART = re.compile(r"(?P<name>.+)_(?P<part>day|month|year)")

NOT_KEPT = {"Cache-Control": "no-store"}
BAD_REQUEST = "We could not read what was sent. Nothing was saved."
UPLOAD = "This service does not take files. Nothing was saved and the file was not kept."


@dataclass(frozen=True)
class TypedField:
    """One answer as it was typed, to copy back."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        lines = self.text.split("\n")
        return min(12, sum(1 + len(line) // 70 for line in lines))


def typed_fields(request: HttpRequest) -> list[TypedField]:
    """What people typed, without passwords, tokens and identifiers, the parts of a date in one line."""
    if not is_own_page(request):
        return []
    gathered: dict[str, list[str]] = {}
    for name, text in typed_pairs(request):
        date_part = DATE_PART.fullmatch(name)
        gathered.setdefault(date_part["name"] if date_part else name, []).append(text)
    return [TypedField(as_label(name), joined(name, texts, request)) for name, texts in gathered.items()]


def is_own_page(request: HttpRequest) -> bool:
    """Was the form on a page of ours? Browsers say so in Sec-Fetch-Site or Origin."""
    site, origin = request.META.get("HTTP_SEC_FETCH_SITE"), request.META.get("HTTP_ORIGIN")
    ours = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}"
    return site in {None, "same-origin"} and origin in {None, ours}


def as_label(name: str) -> str:
    return re.sub("[-_]+", " ", name).strip().capitalize()


def typed_pairs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, texts in readable_post(request):
        if SECRET.search(name) or name == "next":
            continue
        for text in texts:
            if text.strip() and not IDENTIFIER.fullmatch(text.strip()):
                yield name, text


def joined(name: str, texts: list[str], request: HttpRequest) -> str:
    return (" " if f"{name}_day" in request.POST else "\n").join(texts)


def readable_post(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """The form that was posted, or nothing where its body cannot be read."""
    try:
        return [(name, [str(text) for text in texts]) for name, texts in request.POST.lists()]
    except (OSError, ValueError, SuspiciousOperation, BadRequest):
        return []


def not_done(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """403: nothing was saved; here are your words, and the way back to the form."""
    if problems.is_for_the_api(request):
        return not_signed_in() if signed_out else problems.answer(403)
    sign_in = f"{resolve_url('account_login')}?{urlencode({'next': request.path})}"
    page = {
        "signed_out": signed_out,
        "typed": typed_fields(request),
        "way_back": sign_in if signed_out else request.path,
    }
    return HttpResponseForbidden(render_to_string("403_csrf.html", page, request), headers=NOT_KEPT)


def not_signed_in() -> HttpResponse:
    """401 of the API."""
    return problems.answer(401, headers={"WWW-Authenticate": problems.CHALLENGE})


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW."""
    if hidden_screen.is_hidden(request):
        return redirect("hidden")
    user = getattr(request, "user", None)
    on_sign_in_page = request.path == resolve_url("account_login")
    return not_done(request, signed_out=not on_sign_in_page and (user is None or not user.is_authenticated))


@login_not_required
def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, sentence: str = BAD_REQUEST
) -> HttpResponse:
    """400, drawn without asking who is signed in: the request itself is not to be trusted."""
    if problems.is_for_the_api(request):
        return problems.answer(400)
    page = {**outside(), "sentence": sentence, "typed": typed_fields(request)}
    return HttpResponseBadRequest(render_to_string("400.html", page), headers=NOT_KEPT)


@login_not_required
@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the sentence of the check that refused, if it gave one."""
    if problems.is_for_the_api(request):
        return problems.answer(403, str(exception))
    page = {"sentence": str(exception), "typed": typed_fields(request)}
    return HttpResponseForbidden(render_to_string("403.html", page, request), headers=NOT_KEPT)


@login_not_required
@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what is not there and for what this person may not see."""
    if problems.is_for_the_api(request):
        return problems.answer(404)
    page = {"typed": typed_fields(request)}
    return HttpResponseNotFound(render_to_string("404.html", page, request), headers=NOT_KEPT)


@login_not_required
@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500 without one query; in plain text should even the template fail."""
    if problems.is_for_the_api(request):
        return problems.answer(500)
    try:
        page = {**outside(), "typed": typed_fields(request)}
        return HttpResponseServerError(render_to_string("500.html", page), headers=NOT_KEPT)
    except Exception:  # the last page there is must not fail for any reason
        sentence = "Sorry, there is a problem with the service. Please try again in a few minutes."
        return HttpResponseServerError(sentence, content_type="text/plain; charset=utf-8")
