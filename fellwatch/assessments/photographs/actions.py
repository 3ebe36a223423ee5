"""Take in a photograph in parts, in any order, each as often as it comes."""

import hashlib
import uuid
from datetime import datetime

from fellwatch.assessments.access import WRITE
from fellwatch.assessments.photographs import parts
from fellwatch.assessments.photographs.models import Photograph, PhotographPart
from fellwatch.assessments.photographs.values import LARGEST, NewPhotograph, PhotographState
from fellwatch.assessments.sendings.values import Taken
from fellwatch.assessments.values import Invalid
from fellwatch.foundation import access, audit, once, plain
from fellwatch.foundation.access import Actor
from fellwatch.records.models import Incident, Person
from fellwatch.records.queries import Missing
from fellwatch.rules.device_time import Established

KINDS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF"}
"""What a photograph may be, and how its bytes begin."""
LONGEST = 500


def declare(
    new: NewPhotograph, taken: Established, *, device_id: uuid.UUID, by: Actor, now: datetime
) -> PhotographState:
    """Say that a photograph is coming. Declared again, it stands once and tells which parts are wanted."""
    access.check(by, WRITE, subject=("incident", str(new.incident_id)))
    _check(new)
    with access.acting(by):
        once.only(new.id)
        before = Photograph.objects.filter(id=new.id).first()
        if before:
            if (before.digest, before.size, before.incident_id) != (new.digest, new.size, new.incident_id):
                raise Taken({"id": "This id already stands for another photograph."})
            return parts.state_of(before)
        _require(new)
        stored = Photograph.objects.create(
            id=new.id,
            incident_id=new.incident_id,
            person_id=new.person_id,
            device_id=device_id,
            caption=new.caption.strip(),
            exhibit=new.exhibit.strip(),
            media_type=new.media_type,
            size=new.size,
            digest=new.digest,
            taken_at=taken.at,
            taken_device_at=taken.device_at,
            taken_basis=taken.basis.value,
            received_at=now,
            by_id=by.id,
            by_name=by.name,
        )
        _log(stored, "assessments.photograph_declared", by=by)
        return parts.state_of(stored)


def _check(new: NewPhotograph) -> None:
    problems = {}
    if new.media_type not in KINDS:
        problems["photograph"] = "Only JPEG, PNG and WebP pictures can be sent."
    if not 0 < new.size <= LARGEST:
        problems["photograph"] = f"A picture may have {LARGEST // 1024 // 1024} MB at most. Take it again, smaller."
    if len(new.digest) != 64 or set(new.digest) - set("0123456789abcdef"):
        problems["digest"] = "The digest is not one of SHA-256."
    if len(new.caption) > LONGEST or not plain.storable(new.caption):
        problems["caption"] = f"Say what it shows in {LONGEST} characters."
    if len(new.exhibit) > 40 or not plain.storable(new.exhibit):
        problems["exhibit"] = "Keep the exhibit mark to 40 characters."
    if problems:
        raise Invalid(problems)


def _require(new: NewPhotograph) -> None:
    if not Incident.objects.filter(id=new.incident_id).exists():
        raise Missing("There is no such incident, or the record is restricted.")
    if new.person_id and not Person.objects.filter(id=new.person_id).exists():
        raise Missing("There is no such person, or the record is restricted.")


def take_part(photograph_id: uuid.UUID, number: int, content: bytes, *, by: Actor, now: datetime) -> PhotographState:
    """Store one part; when the last is here and the digest is right, the photograph is complete."""
    access.check(by, WRITE, subject=("photograph", str(photograph_id)))
    with access.acting(by):
        once.only(photograph_id)
        found = Photograph.objects.filter(id=photograph_id, by_id=by.id).first()
        if found is None:
            raise Missing("There is no such photograph, or it is somebody else's.")
        if found.complete_at:
            return parts.state_of(found)
        if len(content) != parts.length_of(found, number):
            raise Invalid({"part": "This part was cut short on the way. Send it again."})
        PhotographPart.objects.get_or_create(photograph=found, number=number, defaults={"content": content})
        if not parts.wanted(found):
            _complete(found, by=by, now=now)
        return parts.state_of(found)


def _complete(found: Photograph, *, by: Actor, now: datetime) -> None:
    content = parts.content_of(found)
    if hashlib.sha256(content).hexdigest() != found.digest or not content.startswith(KINDS[found.media_type]):
        raise Invalid({"photograph": "The picture that arrived is not the one declared. Take it again."})
    found.complete_at = now
    Photograph.objects.filter(id=found.id).update(complete_at=now)
    _log(found, "assessments.photograph_received", by=by)


def _log(stored: Photograph, sentence: str, *, by: Actor) -> None:
    audit.record(
        by=by,
        action="collection",
        sentence=sentence,
        subject=("incident", stored.incident_id),
        people=[stored.person_id] if stored.person_id else [],
        detail={"photograph": str(stored.id), "digest": stored.digest, "bytes": stored.size},
    )
