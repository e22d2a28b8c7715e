"""Notices: the list, the way from a notice to what it is about, and marking as read."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from foundation.accounts.requests import person_of
from foundation.audit import services as audit
from foundation.deadlines import services
from foundation.deadlines.models import Deadline, Notice
from foundation.deadlines.screens import ALL_DUE_AT_MOST, as_told, due_and_late, with_rows
from foundation.deadlines.telling import sentence

PAGE_SIZE = 25


class List(View):
    """Everything the viewer was told, the latest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        mine = Notice.objects.visible_to(user).to(user).select_related("deadline")
        found = mine.order_by("-told_at", "-pk")
        mark = as_uuid(request.GET.get("after"))
        if mark and (after := found.filter(pk=mark).first()):
            found = found.filter(told_at__lte=after.told_at).exclude(told_at=after.told_at, pk__gte=after.pk)
        notices = list(found[: PAGE_SIZE + 1])
        shown = notices[:PAGE_SIZE]
        audit.record(action="list notices", object_kind="list", shown=[notice.pk for notice in shown])
        page = {
            "told": as_told(shown),
            "older": shown[-1].pk if len(notices) > PAGE_SIZE else None,
            "any_unread": any(notice.read_at is None for notice in shown),
        }
        return render(request, "deadlines/notices.html", page)


class Open(View):
    """Where the e-mail's link leads: marks the notice as read, and goes on to what it is about."""

    notice: Notice

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Notice.objects.visible_to(request.user).select_related("team__agency")
        self.notice = get_object_or_404(found, pk=kwargs["notice_id"])

    def get(self, request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
        user = person_of(request)
        if request.method == "GET":  # a HEAD is a machine's: nobody has read anything
            services.read_notices(notice_ids=[self.notice.pk], actor=user)
        deadline = Deadline.objects.visible_to(user).filter(pk=self.notice.deadline_id).first()
        if deadline and (url := with_rows(user, [deadline])[0].row.url):
            return redirect(url)
        page = {"notice": self.notice, "sentence": sentence(self.notice, deadline)}
        return render(request, "deadlines/notice.html", page)


class Read(View):
    """Marks as read: one notice where `notice` is posted, else all."""

    def post(self, request: HttpRequest) -> HttpResponse:
        named = request.POST.get("notice")
        one = as_uuid(named)
        if named and one is None:
            raise Http404
        services.read_notices(notice_ids=[one] if one else None, actor=person_of(request))
        messages.success(request, "Marked as read.")
        return redirect("web:my-work" if request.POST.get("back") == "my-work" else "deadlines:notices")


class Due(View):
    """All that the viewer owes, where My work shows only the first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = due_and_late(person_of(request), ALL_DUE_AT_MOST) or {"owed": []}
        return render(request, "deadlines/all_due.html", page)


def as_uuid(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
