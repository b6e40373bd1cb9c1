"""A server that is wrong on purpose: it acknowledges first and saves half a second later. For one test only."""

import json
import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

SECONDS_LATE = 0.5


class AcknowledgeFirst:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type != "application/json":
            return self.get_response(request)
        sent = json.loads(request.body)
        bool(request.user.pk)  # read now: the session of the request is gone when the thread runs
        threading.Timer(SECONDS_LATE, self.get_response, [request]).start()
        return JsonResponse({"revision": sent["base"] + 1, "saved_at": "", "remaining_ms": 0})
