"""The administrators' page of bank holidays."""

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from foundation.accounts.requests import person_of
from foundation.base import clock
from foundation.base.errors import RuleBroken
from foundation.deadlines import holidays
from foundation.deadlines.models import BankHoliday
from foundation.vocabulary.history import changes_of
from foundation.vocabulary.policies import check_can_change_words
from foundation.web.forms import DateField, Form, TextField

ACTS = {
    "retire": (holidays.retire_holiday, "is retired: it is a working day again."),
    "bring_back": (holidays.bring_back_holiday, "is a bank holiday again."),
}


class HolidayForm(Form):
    day = DateField(label="Day", missing="Enter the day")
    name = TextField(
        label="What the day is called",
        missing="Enter what the day is called",
        max_length=80,
        help_text="Such as Spring bank holiday.",
    )


class Holidays(TemplateView):
    """The days of this year and later; earlier years and retired days apart."""

    template_name = "deadlines/bank_holidays.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        check_can_change_words(user)
        days = list(BankHoliday.objects.order_by("day"))
        in_use = [each for each in days if not each.is_retired]
        this_year = clock.today().year
        return super().get_context_data(
            years=by_year([each for each in in_use if each.day.year >= this_year]),
            earlier=by_year([each for each in in_use if each.day.year < this_year]),
            retired=[each for each in days if each.is_retired],
            last=in_use[-1] if in_use else None,
            changes=changes_of(
                holidays.BANK_HOLIDAYS,
                user=user,
                labels={each.day.isoformat(): str(each) for each in days},
            ),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        check_can_change_words(user)
        for act, (service, said) in ACTS.items():
            if typed := request.POST.get(act):
                try:
                    holiday = service(day=date.fromisoformat(typed), actor=user)
                except (ValueError, BankHoliday.DoesNotExist) as gone:
                    raise Http404 from gone
                messages.success(request, f"{holiday} {said}")
        return redirect("deadlines:holidays")


def by_year(days: list[BankHoliday]) -> list[tuple[int, list[BankHoliday]]]:
    return [(year, list(found)) for year, found in groupby(days, key=lambda each: each.day.year)]


class AddHoliday(FormView):
    template_name = "deadlines/bank_holidays_add.html"
    form_class = HolidayForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check_can_change_words(person_of(self.request))
        return super().get_context_data(**kwargs)

    def form_valid(self, form: HolidayForm) -> HttpResponse:
        try:
            holiday = holidays.add_holiday(**form.cleaned_data, actor=person_of(self.request))
        except RuleBroken as broken:
            form.add_error("day", str(broken))
            return self.form_invalid(form)
        messages.success(self.request, f"{holiday} is added.")
        return redirect("deadlines:holidays")

    def form_invalid(self, form: HolidayForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
