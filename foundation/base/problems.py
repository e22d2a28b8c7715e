"""What the API answers where it cannot do what was asked: problem+json (RFC 9457), in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, JsonResponse

CONTENT_TYPE = "application/problem+json"
ROOT = "/api/"
DOCS = "/api/docs/"
CHALLENGE = 'Session realm="sign in on the website"'


@dataclass(frozen=True)
class Problem:
    """One kind of problem, as the reference explains it. `detail` is said where nothing closer is known."""

    status: int
    slug: str
    title: str
    detail: str
    remedy: str

    @property
    def type(self) -> str:
        return f"{DOCS}#{self.slug}"


KINDS: Final[Mapping[int, Problem]] = {
    kind.status: kind
    for kind in (
        Problem(
            400,
            "bad-request",
            "The request cannot be read",
            "Something in the address or the body is not what this operation takes.",
            "Look at “errors”: each line names the parameter or field and says what it takes.",
        ),
        Problem(
            401,
            "not-signed-in",
            "Nobody is signed in",
            "Sign in first: this address answers to a signed-in session only.",
            "Sign in on the website and send the session cookie.",
        ),
        Problem(
            403,
            "not-allowed",
            "You may not do this",
            "This account may not do this.",
            "Ask the administrator of your agency which role you need.",
        ),
        Problem(
            404,
            "not-found",
            "Nothing is here",
            "There is nothing at this address that you may see.",
            "Check the address. What is not shared with you answers exactly like what does not exist.",
        ),
        Problem(
            405,
            "method-not-allowed",
            "This method is not offered here",
            "The header “Allow” names the methods that are.",
            "Use one of the methods in the header “Allow”.",
        ),
        Problem(
            406,
            "not-acceptable",
            "We cannot answer in that format",
            "This API answers in application/json.",
            "Send “Accept: application/json”, or no Accept header.",
        ),
        Problem(
            409,
            "conflict",
            "A rule does not allow this now",
            "The state of the record does not allow this now.",
            "Read “detail”, read the record again, and decide anew.",
        ),
        Problem(
            415,
            "unsupported-media-type",
            "We cannot read that format",
            "This API reads application/json.",
            "Send “Content-Type: application/json”.",
        ),
        Problem(
            429,
            "too-many-requests",
            "Too many requests",
            "Wait before you ask again.",
            "Wait for the number of seconds in the header “Retry-After”.",
        ),
        Problem(
            500,
            "server-error",
            "The service has a problem",
            "Nothing was changed. It is not your request's fault.",
            "Try again in a few minutes. If it stays, tell the operator when it happened.",
        ),
        Problem(
            503,
            "not-available",
            "The service cannot answer now",
            "Nothing was changed.",
            "Try again in a few minutes.",
        ),
    )
}


def is_for_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(ROOT) and not request.path_info.startswith(DOCS)


def body(status: int, detail: str = "", errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The members of one problem. The same for every row that is hidden and every row that is not there."""
    kind = KINDS.get(status) or KINDS[400 if status < 500 else 500]
    said = {"type": kind.type, "title": kind.title, "status": status, "detail": detail or kind.detail}
    return {**said, "errors": list(errors)} if errors else said


def answer(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> JsonResponse:
    """Outside the views of the API: middleware and error pages."""
    return JsonResponse(
        body(status, detail),
        status=status,
        content_type=CONTENT_TYPE,
        headers=dict(headers or {}),
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )
