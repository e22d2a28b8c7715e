"""Pages of the demo alone: a button to sign in as each account, the mail it sent, the clock it can move."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from demo import moved_clock
from demo.accounts import ACCOUNTS
from demo.models import SentMail
from foundation.accounts.models import User
from foundation.base import clock
from foundation.base.pg.viewer import acting_as

SHOWN_AT_MOST = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as the account that the button names."""
    emails = {each.account: each.email for each in ACCOUNTS}
    user = User.objects.filter(email=emails.get(request.POST.get("account", ""))).first()
    if user is None:
        raise Http404
    with acting_as(user):
        login(request, user, backend=BACKEND)
    return redirect("web:my-work")


@method_decorator(login_not_required, name="dispatch")
class Outbox(TemplateView):
    """The mail that was sent, the latest first, and the clock that decides what is sent next."""

    template_name = "demo/outbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {each.email: f"{each.name}, {each.job_title.lower()}" for each in ACCOUNTS}
        sent = list(SentMail.objects.all()[: SHOWN_AT_MOST + 1])
        mails = [
            {"mail": mail, "who": names.get(mail.to, ""), **parts(mail)} for mail in sent[:SHOWN_AT_MOST]
        ]
        return super().get_context_data(
            mails=mails,
            there_are_more=len(sent) > SHOWN_AT_MOST,
            now=clock.now(),
            next_morning=moved_clock.next_morning(),
            is_moved=moved_clock.is_moved(),
            **kwargs,
        )


@login_not_required
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """On to the next working morning, or back to the present."""
    if request.POST.get("to") == "next-morning":
        moment = moved_clock.next_morning()
        moved_clock.move_to(moment)
        day = clock.spoken(clock.day_of(moment))
        told = f"It is now {day}, just after nine. Reminders follow in a few seconds."
    else:
        moved_clock.back()
        told = "The demo's clock shows the real time again."
    messages.success(request, told)
    return redirect("demo:outbox")


def parts(mail: SentMail) -> dict[str, Any]:
    """The text before its link, the link as a path of this service, and the text after."""
    before, _, rest = mail.text.partition("http")
    address, _, after = rest.partition("\n")
    path = "/" + address.split("/", 3)[3] if address.count("/") >= 3 else ""
    return {"before": before, "path": path, "address": f"http{address}" if path else "", "after": after}
