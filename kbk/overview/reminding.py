"""What the committee writes to a ketua whose risalah is still awaited."""

from urllib.parse import quote

from kbk.competitions.models import Competition
from kbk.groups.rules import international_phone
from kbk.indonesian import format_datetime
from kbk.overview.queries import GroupProgress
from kbk.web.addresses import base_url


def reminder_url(competition: Competition, group: GroupProgress) -> str:
    """Address that opens WhatsApp at the number of the ketua with a reminder filled in; "" without a number."""
    if not group.phone:
        return ""
    message = (
        f"Yth. {group.leader}, risalah KBK {group.name} ({group.unit}) untuk {competition.name} belum kami terima. "
        f"Batas penyerahan: {format_datetime(group.deadline, competition.zone)}. "
        f"Mohon diserahkan lewat {base_url()} sebelum batas itu. Terima kasih. Panitia."
    )
    return f"https://wa.me/{international_phone(group.phone)}?text={quote(message)}"
