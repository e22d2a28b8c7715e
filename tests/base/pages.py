"""Pages that exist in these tests only: what a careless view might do, behind the project's own middleware."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from cases.records.models import Case, CasePerson, Share
from foundation.access.words import Verb
from foundation.accounts.models import Team, User
from foundation.base.pg.viewer import acting_as

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def template(source: str) -> Any:
    return engines["django"].from_string(source)


def lazy(request: HttpRequest) -> HttpResponse:
    """The queryset runs, and follows foreign keys, only while the template is drawn."""
    standings = CasePerson.objects.all()
    source = "{% for each in standings %}{{ each.person.name }} {{ each.case.reference }} {% endfor %}"
    return TemplateResponse(request, template(source), {"standings": standings})


def broken_template(request: HttpRequest) -> HttpResponse:
    write_something()
    return TemplateResponse(request, template("{% load web %}{{ rows.boom }}"), {"rows": Boom()})


class Boom:
    @property
    def boom(self) -> str:
        raise ZeroDivisionError


def write_something() -> None:
    Case.objects.update(updated_at=LONG_AGO)


def write_and_fail(request: HttpRequest) -> HttpResponse:
    write_something()
    raise ZeroDivisionError


def write_and_refuse(request: HttpRequest) -> HttpResponse:
    write_something()
    raise PermissionDenied("You may not do this.")


def write_and_miss(request: HttpRequest) -> HttpResponse:
    write_something()
    raise Http404


def write_and_answer(request: HttpRequest, status: int) -> HttpResponse:
    write_something()
    return HttpResponse(status=status)


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        for case in Case.objects.all():
            yield str(case)

    return StreamingHttpResponse(lines())


def who(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, wall.viewer()")
        role, viewer = cursor.fetchone()
    return JsonResponse({"role": role, "viewer": viewer, "in_transaction": connection.in_atomic_block})


def after_somebody_else(request: HttpRequest) -> HttpResponse:
    with acting_as(None):
        pass
    return who(request)


def unscoped(request: HttpRequest) -> JsonResponse:
    """Six leaks planted on purpose: none of these goes through `visible_to`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_case")
        raw_count = cursor.fetchone()[0]
    standings = CasePerson.objects.select_related("case")
    return JsonResponse(
        {
            "all": sorted(Case.objects.values_list("reference", flat=True)),
            "raw count": raw_count,
            "aggregate": Share.objects.aggregate(number=Count("case", distinct=True))["number"],
            "through values": sorted(CasePerson.objects.values_list("case__reference", flat=True)),
            "through a foreign key": sorted(each.case.reference for each in standings),
            "joined from teams": sorted(
                Team.objects.filter(**shares()).values_list("name", flat=True).distinct()
            ),
            "joined from people who work here": users_joined_to_cases(),
        }
    )


def shares() -> dict[str, Any]:
    """Teams have no way back to shares in the ORM: by key, as a report would."""
    return {"pk__in": Share.objects.filter(verb=Verb.CONTRIBUTE).values("team_id")}


def users_joined_to_cases() -> list[str]:
    found = User.objects.raw(
        "SELECT u.id, u.name, c.reference AS reference FROM accounts_user u JOIN records_case c ON c.opened_by_id = u.id"
    )
    return sorted(vars(user)["reference"] for user in found)


urlpatterns = [
    path("lazy/", lazy),
    path("broken-template/", broken_template),
    path("write-and-fail/", write_and_fail),
    path("write-and-refuse/", write_and_refuse, name="write-and-refuse"),
    path("write-and-miss/", write_and_miss, name="write-and-miss"),
    path("write-and-answer/<int:status>/", write_and_answer, name="write-and-answer"),
    path("stream/", stream),
    path("who/", who),
    path("after-somebody-else/", after_somebody_else),
    path("unscoped/", unscoped),
    path("", include("safeguarding.urls")),
]
