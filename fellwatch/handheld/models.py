"""Which handhelds there are, when each was last in touch, and sealed work rescued from a wiped one."""

from django.db import models

from fellwatch.foundation import ids


class Device(models.Model):
    """One handheld of one officer. Only a hash of its token is kept."""

    id = models.UUIDField(primary_key=True, editable=False)
    officer_id = models.UUIDField()
    officer_name = models.TextField()
    name = models.TextField()
    token_digest = models.TextField()
    enrolled_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    app_version = models.TextField(default="", blank=True)
    held = models.IntegerField(default=0)
    unsent = models.IntegerField(default=0)
    """How many forms and photographs it said it had not sent when last in touch."""
    skew_seconds = models.IntegerField(default=0)
    wipe_asked_at = models.DateTimeField(null=True)
    wipe_asked_by_name = models.TextField(default="", blank=True)
    wipe_because = models.TextField(default="", blank=True)
    wiped_at = models.DateTimeField(null=True)
    destroyed = models.JSONField(default=list)

    class Meta:
        app_label = "handheld"
        indexes = [models.Index(fields=["officer_id"], name="handheld_of_officer")]


class DeviceContact(models.Model):
    """An instant that the server and a handheld both saw: what places the handheld's own times."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="contacts")
    server_at = models.DateTimeField()
    device_at = models.DateTimeField()
    running = models.FloatField()
    start = models.TextField()

    class Meta:
        app_label = "handheld"
        indexes = [models.Index(fields=["device", "server_at"], name="handheld_contact_order")]


class Rescued(models.Model):
    """Work that was unsent when a handheld was wiped, sealed to the force's recovery key."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="rescued")
    record = models.TextField()
    sealed = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        app_label = "handheld"
        constraints = [models.UniqueConstraint(fields=["device", "record"], name="rescued_once")]
