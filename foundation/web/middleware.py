"""What every request passes: sign-in, no copies kept by browsers, headers, and input nobody can read."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from foundation.base import problems
from foundation.web import hidden_screen, refusals

GetResponse = Callable[[HttpRequest], HttpResponse]

FORM_TYPE = "application/x-www-form-urlencoded"
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnicodeDecodeError, UnreadablePostError)
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs sign-in unless its view says `login_not_required`.

    A GET goes to the sign-in page and comes back. Any other method is answered with what was typed, since
    a redirect would lose it. The API answers 401.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know only the redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if problems.is_for_the_api(request):
            return refusals.not_signed_in()
        match = request.resolver_match
        if match and match.view_name == "account_logout":
            return redirect(self.get_login_url(view_func))
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return refusals.not_done(request, signed_out=True)


class HiddenScreen:
    """While a session's screen is hidden every address answers with one neutral page.

    Stands outside SignInRequired and asks nothing but the session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in settings.PATHS_WITHOUT_DATABASE or not hidden_screen.is_hidden(request):
            return self.get_response(request)
        if hidden_screen.still_answers(request):
            return self.get_response(request)
        if problems.is_for_the_api(request):
            return problems.answer(403, hidden_screen.SAID_TO_PROGRAMS)
        if request.method in {"GET", "HEAD"}:
            return redirect("hidden")
        return hidden_screen.neutral_page(request, said=hidden_screen.NOT_SAVED, status=403)


class NoStore:
    """No page is kept by a browser or a proxy; the next person at a shared computer finds nothing.

    For every answer, not only for signed-in people: the page that gives back typed words is one too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


class SecurityHeaders:
    """The headers Django and django-csp do not set."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class FileNoticed(FileUploadHandler):
    """Reads past every file without keeping a byte and remembers that there was one."""

    was_sent = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.was_sent = True
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class BadInput:
    """Answers 400 to what no form of ours sends, before a view or the database meets it.

    Stands after SecurityHeaders and NoStore and before everything that reads the form or the session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_nul(request):
            return refusals.bad_request(request)
        if request.method == "POST" and (refused := self.refused_form(request)):
            return refused
        return self.get_response(request)

    def refused_form(self, request: HttpRequest) -> HttpResponse | None:
        files = FileNoticed(request)
        request.upload_handlers = [files]
        try:
            if request.content_type == FORM_TYPE:
                unquote_to_bytes(request.body.replace(b"+", b" ")).decode("utf-8")
            request.POST  # noqa: B018 - reading it parses it
        except UNREADABLE:
            return refusals.bad_request(request)
        if files.was_sent:
            return refusals.bad_request(request, sentence=refusals.UPLOAD)
        return None


def has_nul(request: HttpRequest) -> bool:
    """NUL in the address or a cookie, which PostgreSQL refuses wherever it meets one."""
    query = request.META.get("QUERY_STRING", "")
    try:
        fields = [text for name, texts in request.GET.lists() for text in (name, *texts)]
    except SuspiciousOperation:
        return True
    return any("\0" in text for text in [request.path_info, query, *fields, *request.COOKIES.values()])
