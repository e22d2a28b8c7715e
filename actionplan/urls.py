from django.urls import path

from actionplan import views

app_name = "actionplan"

urlpatterns = [
    path("", views.PlanList.as_view(), name="list"),
    path("<uuid:plan_id>/", views.PlanPage.as_view(), name="plan"),
    path("<uuid:plan_id>/proposals/<uuid:proposal_id>/", views.ProposalPage.as_view(), name="proposal"),
]
