"""Signing out, and the administrators' way in to people, teams and words."""

from typing import Any

from allauth.account.views import LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from foundation.accounts.requests import person_of
from foundation.accounts.roles import Role
from foundation.web import registries


class SignOut(LogoutView):
    """Asks the browser to forget what it keeps of us, once somebody has signed out."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class PeopleAndTeams(TemplateView):
    """What administrators look after: the pages that rooms have registered."""

    template_name = "accounts/people-and-teams.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if Role.ADMINISTRATOR not in person_of(self.request).roles:
            raise PermissionDenied("Only an administrator looks after people, teams and lists.")
        return super().get_context_data(pages=list(registries.administration), **kwargs)
