"""What machines ask: is it ready? JSON without names, addresses or versions, for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from foundation.base.readiness import last_look


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where every check is met, 503 where one is not. Answers while the database is away."""
    report = last_look.report()
    return JsonResponse(report.as_json(), status=200 if report.is_ready else 503)
