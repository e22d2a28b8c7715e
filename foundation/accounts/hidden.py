"""Hide the screen, and show it again for the password. Wrong ones count like wrong ones at sign-in."""

from typing import Any

from axes.utils import reset
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from foundation.accounts.requests import person_of
from foundation.accounts.sign_in import account_typed
from foundation.audit import services as audit
from foundation.base.network import network_of
from foundation.web import hidden_screen

LONGEST_PASSWORD = 4096
"""Units: characters. Longer ones are not hashed."""


@method_decorator(csrf_exempt, name="dispatch")
class HideScreen(View):
    """Hides. An old form must hide like a fresh one, and hiding harms nobody: no CSRF token is asked for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if hidden_screen.wants_json(request):
            return JsonResponse({"hidden": hidden_screen.is_hidden(request)})
        return hidden_screen.neutral_page(request) if hidden_screen.is_hidden(request) else redirect("/")

    def post(self, request: HttpRequest) -> HttpResponse:
        hidden_screen.hide(request, request.POST.get("back", ""))
        audit.record(action="hide the screen", about=person_of(request))
        if hidden_screen.wants_json(request):
            return HttpResponse(status=204)
        request.session.cycle_key()  # a cookie that changes makes browsers drop the pages kept for “Back”
        return redirect("hidden")


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class ShowAgain(View):
    """The password of the person who is signed in, nobody else's."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return redirect("hidden")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        password, person = request.POST.get("password", ""), person_of(request)
        if not password or len(password) > LONGEST_PASSWORD:
            said = hidden_screen.WRONG if password else hidden_screen.MISSING
            return hidden_screen.refused(request, said=said, status=422)
        found = authenticate(request, email=person.email, password=password)
        if found is None or found.pk != person.pk:
            return hidden_screen.refused(request, said=hidden_screen.WRONG, status=422)
        reset(ip=network_of(request), username=account_typed(request, {"email": person.email}))
        back = hidden_screen.show(request)
        audit.record(action="show the screen again", about=person)
        return HttpResponse(status=204) if hidden_screen.wants_json(request) else redirect(back)
