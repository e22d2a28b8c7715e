from django.urls import path

from referrals import hub_views, views

app_name = "referrals"

urlpatterns = [
    path("", views.List.as_view(), name="list"),
    path("new/", views.Write.as_view(), name="new"),
    path("in-tray/", hub_views.InTray.as_view(), name="in-tray"),
    path("<uuid:referral_id>/", views.Detail.as_view(), name="detail"),
    path("<uuid:referral_id>/edit/", views.Edit.as_view(), name="edit"),
    path("<uuid:referral_id>/check/", views.Check.as_view(), name="check"),
    path("<uuid:referral_id>/sent/", views.Sent.as_view(), name="sent"),
    path("<uuid:referral_id>/answer/", views.Answer.as_view(), name="answer"),
    path("<uuid:referral_id>/accept/", hub_views.Accept.as_view(), name="accept"),
    path("<uuid:referral_id>/decline/", hub_views.Decline.as_view(), name="decline"),
    path("<uuid:referral_id>/ask/", hub_views.Ask.as_view(), name="ask"),
]
