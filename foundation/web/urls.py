from django.urls import path

from foundation.web import health, saved_views, views

app_name = "web"

urlpatterns = [
    path("", views.MyWork.as_view(), name="my-work"),
    path("find/", views.Find.as_view(), name="find"),
    path("help/", views.Help.as_view(), name="help"),
    path("views/save/", saved_views.Save.as_view(), name="save-view"),
    path("views/<uuid:view_id>/delete/", saved_views.Delete.as_view(), name="delete-view"),
    path("health/live", views.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
