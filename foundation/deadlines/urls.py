from django.urls import path

from foundation.deadlines import calendar_views, views

app_name = "deadlines"

urlpatterns = [
    path("due/", views.Due.as_view(), name="due"),
    path("notices/", views.List.as_view(), name="notices"),
    path("notices/read/", views.Read.as_view(), name="read"),
    path("notices/<uuid:notice_id>/", views.Open.as_view(), name="notice"),
    path("people-and-teams/bank-holidays/", calendar_views.Holidays.as_view(), name="holidays"),
    path("people-and-teams/bank-holidays/add/", calendar_views.AddHoliday.as_view(), name="add-holiday"),
]
