from django.urls import path

from cases.records import views

app_name = "cases"

urlpatterns = [
    path("", views.List.as_view(), name="list"),
    path("<uuid:case_id>/", views.Detail.as_view(), name="detail"),
]
