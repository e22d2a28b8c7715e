"""Signing in and out. allauth finds the pages by these names; its other pages are not offered."""

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from foundation.accounts import hidden
from foundation.accounts.views import PeopleAndTeams, SignOut

urlpatterns = [
    path("sign-in/", login_not_required(LoginView.as_view()), name="account_login"),
    path("sign-out/", SignOut.as_view(), name="account_logout"),
    path("hidden/", hidden.HideScreen.as_view(), name="hidden"),
    path("hidden/show/", hidden.ShowAgain.as_view(), name="show-again"),
    path("people-and-teams/", PeopleAndTeams.as_view(), name="people-and-teams"),
]
