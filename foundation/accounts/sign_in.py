"""What is particular to signing in: no sign-up, the audit rows, and the page for a locked account."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import signals
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.audit.models import Outcome
from foundation.base.pg.viewer import acting_as
from foundation.web import hidden_screen
from foundation.web.templatetags.web import in_words


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by signing up."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is wrong. Check both and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """An account that is no longer active is answered like a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out needs no announcement."""


def listen() -> None:
    signals.user_logged_in.connect(record_sign_in, dispatch_uid="audit sign-in")
    signals.user_logged_out.connect(record_sign_out, dispatch_uid="audit sign-out")
    signals.user_login_failed.connect(record_failure, dispatch_uid="audit failed sign-in")


def record_sign_in(sender: Any, user: User, **kwargs: Any) -> None:
    with acting_as(user):
        audit.record(action="sign in", about=user)


def record_sign_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record(action="sign out", about=user)


def record_failure(sender: Any, **kwargs: Any) -> None:
    """The address that was typed is personal data, perhaps a password in the wrong box: it is not kept."""
    audit.record(action="sign in", object_kind=User._meta.label, outcome=Outcome.REFUSED)


def account_typed(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account for which django-axes counts: the address in one spelling."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login", "")
    return str(typed).strip().casefold()[:255]


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer of django-axes for a locked account and network (settings.AXES_LOCKOUT_CALLABLE)."""
    if hidden_screen.is_hidden(request):
        minutes = in_words(settings.AXES_COOLOFF_TIME)
        return hidden_screen.refused(request, said=hidden_screen.LOCKED.format(minutes=minutes), status=429)
    wait = {"cooloff_timedelta": settings.AXES_COOLOFF_TIME}
    return render(request, "account/locked_out.html", wait, status=429)
