"""From which network a request comes."""

from django.conf import settings
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The address our outermost proxy saw (settings.PROXY_COUNT). What stands left of it may be made up."""
    named = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    hops = [hop.strip() for hop in named if hop.strip()] + [str(request.META.get("REMOTE_ADDR", ""))]
    return hops[max(0, len(hops) - 1 - settings.PROXY_COUNT)]
