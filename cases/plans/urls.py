from django.urls import path

from cases.plans import views

app_name = "plans"

urlpatterns = [
    path("<uuid:case_id>/actions/new/", views.Add.as_view(), name="add"),
    path("<uuid:case_id>/actions/<uuid:action_id>/", views.Detail.as_view(), name="action"),
    path("<uuid:case_id>/actions/<uuid:action_id>/hand-over/", views.HandOver.as_view(), name="hand-over"),
]
