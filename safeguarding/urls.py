"""Every address of the service."""

from django.apps import apps
from django.urls import include, path

handler400 = "foundation.web.views.bad_request"
handler403 = "foundation.web.views.permission_denied"
handler404 = "foundation.web.views.page_not_found"
handler500 = "foundation.web.views.server_error"

urlpatterns = [
    path("", include("foundation.web.urls")),
    path("", include("foundation.accounts.urls")),
    path("", include("foundation.accounts.away_urls")),
    path("", include("foundation.deadlines.urls")),
    path("people-and-teams/", include("foundation.vocabulary.urls")),
    path("referrals/", include("referrals.urls")),
    path("cases/", include("cases.records.urls")),
    path("cases/", include("cases.chronology.urls")),
    path("cases/", include("cases.plans.urls")),
    path("action-plan/", include("actionplan.urls")),
    path("reviews/", include("reviews.urls")),
    path("api/", include("safeguarding.api")),
]

if apps.is_installed("demo"):
    urlpatterns += [path("demo/", include("demo.urls"))]
