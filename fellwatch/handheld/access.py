"""Who may use a handheld, look after handhelds and wipe them."""

from fellwatch.foundation.access import Table, holds, own_record, with_parent

USE = "handheld.use"
MANAGE = "handheld.manage"
ANSWER = "handheld.answer"
"""The service answering a locked handheld, which knows its token but nobody's password."""

_seen = own_record("officer_id") | holds(MANAGE) | holds(ANSWER)
_hangs = with_parent("handheld_device", "device_id")

TABLES = (
    Table(
        "handheld_device",
        _seen,
        own_record("officer_id") & holds(USE),
        _seen,
        retention="device",
        sentence="a handheld",
    ),
    Table("handheld_devicecontact", _hangs, _hangs, retention="device", sentence="a contact with a handheld"),
    Table(
        "handheld_rescued",
        (holds(MANAGE) | holds(ANSWER)) & _hangs,
        holds(ANSWER) & _hangs,
        retention="incident",
        sentence="sealed work from a wiped handheld",
    ),
)
