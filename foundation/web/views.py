"""My work, Find, Help and the sign of life. What My work and Find show comes from the registries."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from foundation.web import registries
from foundation.web.forms import Form, TextField
from foundation.web.refusals import (
    bad_request,
    csrf_failure,
    page_not_found,
    permission_denied,
    server_error,
)

__all__ = [
    "Find",
    "Help",
    "MyWork",
    "bad_request",
    "csrf_failure",
    "live",
    "page_not_found",
    "permission_denied",
    "server_error",
]

FEWEST_LETTERS = 2


class MyWork(TemplateView):
    template_name = "web/my-work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filled = [(panel, panel.context(self.request.user)) for panel in registries.my_work]
        panels = [{"panel": panel, "context": context} for panel, context in filled if context is not None]
        return super().get_context_data(panels=panels, **kwargs)


class FindForm(Form):
    q = TextField(
        label="Name or reference",
        missing="Enter what you are looking for",
        min_length=FEWEST_LETTERS,
        max_length=100,
        width=20,
        spellcheck=False,
    )


class Find(View):
    """One box over every source that is registered. Tells the listeners what was shown."""

    def get(self, request: HttpRequest) -> HttpResponse:
        sources = list(registries.find)
        form = FindForm(request.GET if "q" in request.GET else None)
        form.fields["q"].help_text = searched(sources)
        page: dict[str, Any] = {"form": form}
        if not form.is_valid():
            return render(request, "web/find.html", page, status=422 if form.is_bound else 200)
        words = form.cleaned_data["q"]
        found = [(source, source.search(request.user, words)) for source in sources]
        shown = {source.kind or source.title: list(result.object_ids) for source, result in found}
        for told in registries.find_listeners:
            told(request, shown)
        groups = [{"source": source, "rows": result.rows} for source, result in found if result.rows]
        return render(request, "web/find.html", {**page, "words": words, "groups": groups})


def searched(sources: list[registries.FindSource]) -> str:
    """What Find looks through, in a sentence for its hint."""
    if not sources:
        return "There is nothing to search yet"
    titles = [source.title[:1].lower() + source.title[1:] for source in sources]
    listed = " and ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
    return f"Looks through the {listed} you may see"


@method_decorator(login_not_required, name="dispatch")
class Help(TemplateView):
    template_name = "web/help.html"


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Says that the process answers, and which run of the demo it belongs to. Asks the database nothing."""
    answer = {"status": "live"}
    if token := getattr(settings, "RUN_TOKEN", ""):
        answer["run"] = token
    return JsonResponse(answer)
