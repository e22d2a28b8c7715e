from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("sign-in/", views.sign_in_as, name="sign-in"),
    path("outbox/", views.Outbox.as_view(), name="outbox"),
    path("clock/", views.move_clock, name="clock"),
]
