"""Circumstances for every row of a request, and the row for what was refused."""

import hashlib
import logging
import uuid
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from foundation.audit import services
from foundation.audit.models import Outcome
from foundation.base.network import network_of

logger = logging.getLogger(__name__)
REFUSED = frozenset({403, 404})


class AuditMiddleware:
    """Stands outside the request's transaction: a refusal is written after the roll-back, so it stays.

    A refusal that cannot be written turns the answer into 503.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with services.under(circumstances_of(request)):
            response = self.get_response(request)
            if response.status_code in REFUSED and request.resolver_match:
                return self.record_refusal(request, response)
            return response

    def record_refusal(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        match = request.resolver_match
        assert match is not None
        try:
            services.record(
                action=f"{request.method} {match.view_name}"[:60],
                object_kind="url",
                object_id=" ".join(str(value) for value in match.kwargs.values()),
                outcome=Outcome.REFUSED,
            )
        except DatabaseError:
            logger.exception("A refusal could not be recorded")
            return HttpResponse("The service cannot answer now. Please try again.", status=503)
        return response


def circumstances_of(request: HttpRequest) -> services.Circumstances:
    """The session is kept as a short hash: enough to tell two sittings apart, useless for signing in."""
    key = getattr(request.session, "session_key", None) or ""
    return {
        "request_id": uuid.uuid4().hex,
        "session": hashlib.sha256(key.encode()).hexdigest()[:16] if key else "",
        "network": network_of(request)[:45],
    }
