"""The addresses of this room and of signing in, and a few that fail on purpose."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from foundation.web import views
from tests.web.sample_forms import SampleForm

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error


def sample(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None)
    if form.is_valid():
        return redirect("web:my-work")
    return render(request, "layouts/form.html", {"form": form}, status=422 if form.is_bound else 200)


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the hub may decide about a referral.")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


urlpatterns = [
    path("sample/", sample, name="sample"),
    path("forbidden/", forbidden, name="forbidden"),
    path("broken/", broken, name="broken"),
    path("", include("foundation.web.urls")),
    path("", include("foundation.accounts.urls")),
]
