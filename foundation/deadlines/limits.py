"""When something that practice limits in time is due."""

from datetime import date, timedelta

from foundation.deadlines.working_days import add_working_days
from foundation.vocabulary.models import TimeLimit, TimeUnit


def due_on(code: str, start: date) -> date:
    """The last day of the time limit `code` that starts on `start`. Raises TimeLimit.DoesNotExist."""
    limit = TimeLimit.objects.get(code=code)
    if limit.unit == TimeUnit.WORKING_DAYS:
        return add_working_days(start, limit.length)
    return start + timedelta(days=limit.length)
