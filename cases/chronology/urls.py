from django.urls import path

from cases.chronology import views

app_name = "chronology"

urlpatterns = [path("<uuid:case_id>/entries/new/", views.AddEntry.as_view(), name="add-entry")]
