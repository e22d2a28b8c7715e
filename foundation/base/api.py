"""Shared by every address of the API: what may be asked, one page at a time, read with the asker's eyes.

To add an address: a subclass of `ReadOnlyViewSet` in the room's `api.py`, one line in `safeguarding/api.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework import exceptions, serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.utils.urls import replace_query_param
from rest_framework.viewsets import GenericViewSet

from foundation.base import keyset
from foundation.base.api_refusals import WrongParameters

PAGE_SIZE = 25
LARGEST_PAGE = 100


class PageParameters(serializers.Serializer):
    """Every list takes these; a list with filters adds its own fields. Nothing else is taken."""

    cursor = serializers.CharField(
        required=False,
        max_length=keyset.LONGEST_CURSOR,
        help_text="A place in the list. Take it from “next” or “previous”; never make one.",
    )
    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_PAGE,
        default=PAGE_SIZE,
        help_text="How many rows a page has at most.",
    )


class NoParameters(serializers.Serializer):
    """For the address of one row."""


def read_parameters(request: Request, takes: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The query string through the serializer `takes`. Raises WrongParameters, naming each parameter."""
    asked, known = request.query_params, takes().fields
    wrong: dict[str, list[str]] = {}
    for name, values in asked.lists():
        if name not in known:
            wrong[name[:100]] = ["This parameter is not known here."]
        elif len(values) > 1:
            wrong[name] = ["Give this parameter once."]
    if wrong:
        raise WrongParameters(wrong)
    given = takes(data=asked.dict())
    if not given.is_valid():
        raise WrongParameters(given.errors)
    return dict(given.validated_data)


class KeysetPages(BasePagination):
    """`{"next": address or null, "previous": ..., "results": [...]}`, in the order the view names."""

    page: keyset.Page[Any]

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        self.address = request.build_absolute_uri()
        wanted: Mapping[str, Any] = view.wanted
        try:
            self.page = keyset.page_of(
                queryset, order=view.order, cursor=wanted.get("cursor", ""), size=wanted["limit"]
            )
        except keyset.WrongCursor as wrong:
            raise WrongParameters({"cursor": [str(wrong)]}) from wrong
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self.link(self.page.next), "previous": self.link(self.page.previous), "results": data}
        )

    def link(self, cursor: str) -> str | None:
        return replace_query_param(self.address, "cursor", cursor) if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }


class ReadOnlyViewSet(GenericViewSet):
    """A list and its rows, read with the eyes of the signed-in user.

    Subclasses say `order`, `serializer_class`, `visible(user)` and `record(action, rows)`; with filters also
    `parameters` and `narrowed(rows, wanted)`. The docstring describes the list, `one` the address of a row.
    """

    one: ClassVar[str] = "One row of the list, by its id."
    order: ClassVar[keyset.Order]
    parameters: ClassVar[type[PageParameters]] = PageParameters
    pagination_class = KeysetPages
    lookup_value_converter = "uuid"
    wanted: Mapping[str, Any] = {}

    @classmethod
    def as_view(cls, *args: Any, **kwargs: Any) -> Any:
        """The wall at the door holds for the API too (DRF would lift it)."""
        view = super().as_view(*args, **kwargs)
        view.login_required = True
        return view

    def visible(self, user: Any) -> QuerySet[Any]:
        """Rows through their `visible_to(user)`, with what the serializer needs: constant queries."""
        raise NotImplementedError

    def narrowed(self, rows: QuerySet[Any], wanted: Mapping[str, Any]) -> QuerySet[Any]:
        """By the filters of `parameters`: columns of the row, written out, never a name from outside."""
        return rows

    def record(self, action: str, rows: Sequence[Model]) -> None:
        """Write the audit row for what is shown. `action` is "list" or "retrieve"."""
        raise NotImplementedError

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in self.allowed_methods:
            raise exceptions.MethodNotAllowed(request.method or "")
        super().initial(request, *args, **kwargs)
        if self.action in {"list", "retrieve"}:
            takes = self.parameters if self.action == "list" else NoParameters
            self.wanted = read_parameters(request, takes)

    def get_queryset(self) -> QuerySet[Any]:
        return self.visible(self.request.user)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.narrowed(self.get_queryset(), self.wanted))
        assert rows is not None
        self.record("list", rows)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.get_object()
        self.record("retrieve", [row])
        return Response(self.get_serializer(row).data)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Only the header Allow: the same for every id."""
        return Response(status=204)


class ApiRouter(SimpleRouter):
    """Plain paths with typed ids, no format suffixes."""

    def __init__(self) -> None:
        super().__init__(use_regex_path=False)
