"""Signing out."""

from typing import Any

from allauth.account.views import LogoutView
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SignOut(LogoutView):
    """Asks the browser to forget what it keeps of us, once somebody has signed out."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
