from django.urls import path

from foundation.vocabulary import views

app_name = "vocabulary"

urlpatterns = [
    path("words/", views.Index.as_view(), name="words"),
    path("words/<slug:list_name>/", views.ListPage.as_view(), name="list"),
    path("words/<slug:list_name>/add/", views.AddTerm.as_view(), name="add"),
    path("words/<slug:list_name>/values/<slug:code>/", views.TermPage.as_view(), name="term"),
    path("time-limits/", views.Limits.as_view(), name="limits"),
    path("time-limits/<slug:code>/", views.LimitPage.as_view(), name="limit"),
]
