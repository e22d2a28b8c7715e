"""Every address of the API. A room brings a viewset (`api.py`); this file gives it its name."""

from django.urls import include, path

from actionplan.api import Plans, Proposals
from cases.records.api import Cases
from foundation.base.api import ApiRouter
from foundation.web import api_pages

app_name = "api"

router = ApiRouter()
router.register("cases", Cases, basename="case")
router.register("action-plan", Plans, basename="plan")
router.register("action-plan/<uuid:plan_id>/proposals", Proposals, basename="proposal")

urlpatterns = [
    path("docs/", api_pages.Reference.as_view(), name="docs"),
    path("v1/schema/", api_pages.description, name="schema"),
    path("v1/", include(router.urls)),
]
