"""Invitation links: signed, so that what is stored does not suffice to make one."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

import segno
from flask import current_app
from itsdangerous import BadSignature, Signer

from kbk.accounts.models import Invitation
from kbk.web.addresses import full_address


@dataclass(frozen=True, slots=True)
class InvitationLink:
    """An invitation as it is handed over: the address, and the words to send with it."""

    url: str
    message: str

    @property
    def whatsapp_url(self) -> str:
        """Address that opens WhatsApp with the message filled in."""
        return f"https://wa.me/?text={quote(self.message)}"

    @property
    def qr_image(self) -> str:
        """The address as a QR code: a data: URI for an img element."""
        return str(segno.make(self.url, error="m", micro=False).svg_data_uri(scale=5, border=2))


def _signer() -> Signer:
    return Signer(str(current_app.secret_key), salt="undangan", digest_method=sha256)


def invitation_link(invitation: Invitation, occasion: str) -> InvitationLink:
    """The link of an unused invitation to `occasion` (the edition's name)."""
    token = _signer().sign(invitation.public_id).decode()
    url = full_address("accounts.accept", token=token)
    message = (
        f"Yth. {invitation.user.name}, Anda diundang masuk ke aplikasi {occasion}. "
        f"Buka tautan ini untuk membuat kata sandi: {url} "
        "Tautan berlaku 3 hari, hanya untuk Anda, dan hanya dapat dipakai satu kali."
    )
    return InvitationLink(url, message)


def read_token(token: str) -> str | None:
    """The public id of the invitation that a link names, or None for a link of somebody else's making."""
    try:
        return _signer().unsign(token).decode()
    except BadSignature:
        return None
