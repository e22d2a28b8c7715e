"""One button to sign in as each demo account. The address exists only where the demo is installed."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from demo.accounts import ACCOUNTS
from foundation.accounts.models import User
from foundation.base.pg.viewer import acting_as

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
