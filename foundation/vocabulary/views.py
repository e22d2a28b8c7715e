"""Administrators' pages: words and lists, time limits. Nobody else may know what stands below an address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from foundation.base.errors import RuleBroken
from foundation.vocabulary import pages, policies, services
from foundation.vocabulary.forms import LimitForm, TermForm, initial_of
from foundation.vocabulary.history import changes_of
from foundation.vocabulary.models import TIME_LIMITS, Term, TimeLimit
from foundation.vocabulary.registries import WordList, lists

MOVES = {"up": -1, "down": 1}


class Index(TemplateView):
    """Every list with its counts."""

    template_name = "vocabulary/words.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policies.check_can_change_words(self.request.user)
        return super().get_context_data(lists=pages.counted_lists(), **kwargs)


class OfList:
    """Loads the list for an administrator, else 404."""

    kind: WordList

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policies.may_change_words(request.user) or kwargs["list_name"] not in lists:
            raise Http404
        self.kind = lists[kwargs["list_name"]]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class ListPage(OfList, TemplateView):
    """The values in their order; moving one up or down is a button."""

    template_name = "vocabulary/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**pages.list_page(self.kind, self.request.user), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        for way, places in MOVES.items():
            if code := request.POST.get(way):
                try:
                    services.move_term(list_name=self.kind.name, code=code, places=places, actor=request.user)
                except Term.DoesNotExist as gone:
                    raise Http404 from gone
                return redirect(f"{reverse('vocabulary:list', args=[self.kind.name])}#{code}")
        return redirect("vocabulary:list", list_name=self.kind.name)


class SavedPage(FormView):
    """A form that saves, or shows beforehand how it reads. A broken rule stands above the form: 422."""

    def save(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.save(form)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class WordsForm(OfList, SavedPage):
    """The form of one value, new or old."""

    form_class = TermForm
    term: Term

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind, "is_new": self.term.pk is None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=self.kind, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.POST.get("act") != "preview":
            return super().form_valid(form)
        given = form.cleaned_data
        preview = pages.as_offered(self.kind, self.term, given["label"], given["description"])
        return self.render_to_response(self.get_context_data(form=form, preview=preview))


class AddTerm(WordsForm):
    template_name = "vocabulary/add.html"

    def get_initial(self) -> dict[str, Any]:
        return {"seen": 0, "parent": self.request.GET.get("in", "")}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.term = Term(list=kwargs["list_name"])

    def save(self, form: TermForm) -> HttpResponse:
        term = services.add_term(list_name=self.kind.name, words=form.words(), actor=self.request.user)
        messages.success(self.request, f"“{term}” is added at the end of the list.")
        return redirect("vocabulary:list", list_name=self.kind.name)


class TermPage(WordsForm):
    """One value: its words, how they read, its history; retire it or bring it back."""

    template_name = "vocabulary/term.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if policies.may_change_words(request.user):
            found = Term.objects.of(kwargs["list_name"]).select_related("parent")
            self.term = get_object_or_404(found, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.term, pages.seen_now(self.kind.name, self.term.code, self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = changes_of(self.kind.name, self.term.code, user=self.request.user)
        kept = self.kind.fixed.get(self.term.code, "")
        return super().get_context_data(term=self.term, changes=history, kept_because=kept, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act")
        return (
            self.set_aside(act) if act in {"retire", "bring back"} else super().post(request, *args, **kwargs)
        )

    def set_aside(self, act: str) -> HttpResponse:
        """Retire the value or bring it back. Refused: the page again with the sentence."""
        set_aside = services.retire_term if act == "retire" else services.bring_back_term
        try:
            done = set_aside(list_name=self.kind.name, code=self.term.code, actor=self.request.user)
        except RuleBroken as broken:
            form = TermForm(self.get_initial(), kind=self.kind)
            form.add_error(None, str(broken))
            return self.form_invalid(form)
        said = "is retired. Old records keep its words." if done.is_retired else "is offered again."
        messages.success(self.request, f"“{done}” {said}")
        return redirect("vocabulary:list", list_name=self.kind.name)

    def save(self, form: TermForm) -> HttpResponse:
        term = services.change_term(
            list_name=self.kind.name,
            code=self.term.code,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            actor=self.request.user,
        )
        messages.success(self.request, f"“{term}” is saved.")
        return redirect("vocabulary:list", list_name=self.kind.name)


class Limits(TemplateView):
    """Every time limit with its source, and the latest changes."""

    template_name = "vocabulary/limits.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        policies.check_can_change_words(user)
        shown = {"limits": pages.limit_rows(), "changes": pages.limit_changes(user)}
        return super().get_context_data(**shown, **kwargs)


class LimitPage(SavedPage):
    template_name = "vocabulary/limit.html"
    form_class = LimitForm
    limit: TimeLimit

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policies.may_change_words(request.user):
            raise Http404
        self.limit = get_object_or_404(TimeLimit, code=kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "limit": self.limit}

    def get_initial(self) -> dict[str, Any]:
        seen = pages.seen_now(TIME_LIMITS, self.limit.code, self.request.user)
        return {"seen": seen, "length": self.limit.length, "source": self.limit.source}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = changes_of(TIME_LIMITS, self.limit.code, user=self.request.user)
        return super().get_context_data(limit=self.limit, changes=history, **kwargs)

    def save(self, form: LimitForm) -> HttpResponse:
        given = form.cleaned_data
        limit = services.change_limit(
            code=self.limit.code,
            length=given["length"],
            source=given["source"],
            seen=given["seen"],
            actor=self.request.user,
        )
        messages.success(self.request, f"“{limit}” is now {limit.in_words}.")
        return redirect("vocabulary:limits")
