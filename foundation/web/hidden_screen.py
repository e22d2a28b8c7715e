"""A session whose screen is hidden: how it is marked, and the neutral page. ADR 51."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

MARK = "screen hidden"
"""Key of the session. Its value is the address to go back to."""

NOT_SAVED = "The screen was hidden, so what was sent has not been saved."
WRONG = "That is not your password. Try again."
MISSING = "Enter your password"
LOCKED = "There were too many wrong tries. Wait {minutes}, then try again, or sign out."
SAID_TO_PROGRAMS = "The screen of this session is hidden. Its owner must give the password on the website."
LONGEST_ADDRESS = 2000


def is_hidden(request: HttpRequest) -> bool:
    return MARK in getattr(request, "session", {})


def hide(request: HttpRequest, back: str) -> None:
    """Mark the session. Hidden twice, it keeps the address it was hidden at."""
    if not is_hidden(request):
        request.session[MARK] = back if is_our_own(back) else "/"


def show(request: HttpRequest) -> str:
    """Take the mark away. Answers with the address to go back to."""
    back = request.session.pop(MARK, "/")
    return back if is_our_own(back) else "/"


def is_our_own(address: str) -> bool:
    """A path of this site, not the neutral page itself."""
    if (
        not address.startswith("/")
        or len(address) > LONGEST_ADDRESS
        or address.startswith(resolve_url("hidden"))
    ):
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def still_answers(request: HttpRequest) -> bool:
    """The neutral page, the password, and the act of signing out: its page names who is signed in."""
    if request.path_info == resolve_url("account_logout"):
        return request.method == "POST"
    return request.path_info in {resolve_url(name) for name in ("hidden", "show-again")}


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def neutral_page(request: HttpRequest, *, said: str = "", status: int = 200) -> HttpResponse:
    return render(request, "web/hidden.html", {"said": said}, status=status)


def refused(request: HttpRequest, *, said: str, status: int) -> HttpResponse:
    """Why the screen stays hidden: to the script of a covered page, or as the neutral page."""
    if wants_json(request):
        return JsonResponse({"said": said}, status=status)
    return neutral_page(request, said=said, status=status)
