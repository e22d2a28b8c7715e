"""Around each request: who is looking, and one transaction for the view and its template."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from foundation.base.pg.viewer import acting_as

GetResponse = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Everything below looks with the eyes of the signed-in user; nobody's where nobody is signed in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user.pk):
            return self.get_response(request)


class TransactionMiddleware:
    """One transaction for the view *and* the rendering of its template; rolled back where either raised.

    Stands innermost. (ATOMIC_REQUESTS would commit before a lazy template reads its last row.)
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in settings.PATHS_WITHOUT_DATABASE:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if getattr(request, "must_roll_back", False) or response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.must_roll_back = True  # type: ignore[attr-defined]


class NobodySignedIn:
    """On paths that must answer while the database is away, nobody is signed in: no session is looked up.

    Stands before SessionMiddleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in settings.PATHS_WITHOUT_DATABASE:
            request.COOKIES = {}
        return self.get_response(request)
