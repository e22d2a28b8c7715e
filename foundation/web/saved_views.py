"""Pages around a saved view: give it a name, throw it away. Opening one is a link to its list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from foundation.base.errors import RuleBroken
from foundation.web import lists, registries, services
from foundation.web.forms import Form, TextField
from foundation.web.lists import ListOf, OpenList
from foundation.web.models import NAME_LENGTH, SavedView


class NameForm(Form):
    name = TextField(
        label="Name of the view",
        missing="Enter a name for the view",
        max_length=NAME_LENGTH,
        width=20,
        help_text="Only you see it. Do not use a child's name.",
    )


def list_named(name: str) -> ListOf:
    if name not in registries.lists:
        raise Http404(name)
    return registries.lists[name]


class Save(FormView):
    """Name the filters and the order that stand in the address, beside `of`, the name of the list."""

    template_name = "web/save-view.html"
    form_class = NameForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        of = list_named(request.GET.get("of", ""))
        self.list: OpenList = lists.read(of, request.GET, viewer=request.user, path=reverse(of.url_name))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.list.query:  # nothing is chosen, or nothing that we know
            return redirect(self.list.path)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(list=self.list, **kwargs)

    def form_valid(self, form: NameForm) -> HttpResponse:
        name = form.cleaned_data["name"]
        try:
            services.save_view(of=self.list.of, name=name, query=self.list.query, actor=self.request.user)
        except RuleBroken as broken:
            form.add_error("name", str(broken))
            return self.form_invalid(form)
        messages.success(self.request, f"Saved as “{name}”.")
        return redirect(self.list.address())

    def form_invalid(self, form: NameForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Delete(TemplateView):
    """Ask once, then throw it away."""

    template_name = "web/delete-view.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.view: SavedView = get_object_or_404(
            SavedView.objects.visible_to(request.user), pk=kwargs["view_id"]
        )
        self.path = reverse(list_named(self.view.list).url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(saved=self.view, path=self.path, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.delete_view(view_id=self.view.pk, actor=request.user)
        messages.success(request, f"The view “{self.view.name}” is deleted.")
        return redirect(self.path)
