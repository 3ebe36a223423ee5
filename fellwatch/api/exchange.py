"""Where other forces' installations knock: one address that takes a signed message and answers with a receipt.

No session and no key opens anything here: the signature on the message is who it is from. See `docs/exchange.md`.
"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from fellwatch.exchange import actions, envelope, keys
from fellwatch.exchange.envelope import Unfit
from fellwatch.exchange.jobs import ACTOR
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles

MEDIA = "application/jose"
logger = logging.getLogger(__name__)


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Say which force answers here, which versions it speaks, and the fingerprint of the key it signs with."""
    try:
        own = keys.fingerprint(keys.text_of(keys.own().public_key()))
    except keys.NoKey:
        return _problem("closed", "This installation does not exchange yet.", 503)
    said = {"force": settings.FELLWATCH_FORCE, "name": settings.FELLWATCH_FORCE_NAME}
    return JsonResponse({**said, "versions": [envelope.VERSION], "fingerprint": own})


@csrf_exempt
@require_POST
def messages(request: HttpRequest) -> HttpResponse:
    """Take one signed message; the receipt is signed too. The same message again gets the same receipt."""
    if len(request.body) > envelope.LARGEST:
        return _problem("too_large", f"A message is at most {envelope.LARGEST // 1024} kB.", 413)
    try:
        text = request.body.decode("ascii").strip()
        signed = actions.receive(text, by=roles.system(ACTOR), now=clock.now())
    except UnicodeDecodeError:
        return _problem("unreadable", "This is no signed message.", 400)
    except keys.NoKey:
        return _problem("closed", "This installation does not exchange yet.", 503)
    except Unfit as unfit:
        logger.warning("A message was turned away: %s.", unfit.code)
        return _problem(unfit.code, unfit.say, unfit.status)
    return HttpResponse(signed, content_type=MEDIA)


def _problem(code: str, say: str, status: int) -> HttpResponse:
    return JsonResponse({"problem": code, "say": say}, status=status)


urlpatterns = [path("", about, name="about"), path("messages", messages, name="messages")]
app_name = "exchange"
