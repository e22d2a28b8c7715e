from django.urls import path

from reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.List.as_view(), name="list"),
    path("new/", views.Open.as_view(), name="open"),
    path("<uuid:meeting_id>/", views.Detail.as_view(), name="detail"),
    path("<uuid:meeting_id>/items/<uuid:item_id>/decision/", views.Decide.as_view(), name="decide"),
    path("<uuid:meeting_id>/decisions/<uuid:decision_id>/action/", views.Act.as_view(), name="act"),
    path("<uuid:meeting_id>/finish/", views.Finish.as_view(), name="finish"),
    path("<uuid:meeting_id>/cancel/", views.Cancel.as_view(), name="cancel"),
]
