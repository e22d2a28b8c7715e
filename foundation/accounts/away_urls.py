"""Saying when one is away."""

from django.urls import path

from foundation.accounts import away_views

app_name = "accounts"

urlpatterns = [
    path("away/", away_views.Away.as_view(), name="away"),
    path("away/<uuid:absence_id>/cancel/", away_views.CancelAway.as_view(), name="cancel-away"),
]
