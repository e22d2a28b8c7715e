from django.urls import path

from foundation.web import views

app_name = "web"

urlpatterns = [
    path("", views.MyWork.as_view(), name="my-work"),
    path("find/", views.Find.as_view(), name="find"),
    path("help/", views.Help.as_view(), name="help"),
    path("health/live", views.live, name="live"),
]
