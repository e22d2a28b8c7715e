"""Who made a request."""

from django.http import HttpRequest

from foundation.accounts.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in user. Pages that ask stand behind sign-in: anybody else here is a mistake of ours."""
    assert isinstance(request.user, User), "this page must not be open to people who are not signed in"
    return request.user
