from django.urls import path

from actionplan import update_views, views

app_name = "actionplan"

urlpatterns = [
    path("", views.PlanList.as_view(), name="list"),
    path("<uuid:plan_id>/", views.PlanPage.as_view(), name="plan"),
    path("<uuid:plan_id>/proposals/<uuid:proposal_id>/", views.ProposalPage.as_view(), name="proposal"),
    path(
        "<uuid:plan_id>/proposals/<uuid:proposal_id>/update/",
        update_views.UpdatePage.as_view(),
        name="update",
    ),
]
