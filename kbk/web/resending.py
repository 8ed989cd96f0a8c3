"""A form that arrived after its session had ended: sealed into the page that asks to sign in, and offered again then.

The seal names the person, so that on a shared device nobody sends what somebody else has typed, and only the server
can make one. Files and passwords do not go into it.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

SECRET_FIELDS = frozenset({"csrf_token", "password", "repeat", "current", "new", "otp", "proof"})
NOT_TYPED = frozenset({"version", "number", "hand_in", "lanjut", "kiriman"})
MOST_KEPT = 200_000
LIFE = timedelta(hours=12)
_SEALED = "kiriman"


@dataclass(frozen=True, slots=True)
class SealedForm:
    """What is to be sent again, and where to."""

    path: str
    fields: tuple[tuple[str, str], ...]


def sealer(purpose: str) -> URLSafeTimedSerializer:
    """Signs and dates what passes through a browser; what is signed for one purpose is worth nothing for another."""
    return URLSafeTimedSerializer(
        str(current_app.secret_key), salt=purpose, signer_kwargs={"digest_method": sha256}
    )


def seal() -> str | None:
    """This request's form for later, or None when it cannot be sent again or nobody knows whose it is."""
    if not current_user.is_authenticated or any(file.filename for file in request.files.values()):
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if any(name in SECRET_FIELDS for name, _ in fields) or sum(len(value) for _, value in fields) > MOST_KEPT:
        return None
    return str(sealer(_SEALED).dumps([current_user.user_id, request.full_path.rstrip("?"), fields]))


def unseal(text: str | None, user_id: int) -> SealedForm | None:
    """What this person had sent, if the text is a seal of ours about it that is not too old."""
    try:
        whose, path, fields = sealer(_SEALED).loads(text or "", max_age=int(LIFE.total_seconds()))
    except BadData:
        return None
    return SealedForm(path, tuple((name, value) for name, value in fields)) if whose == user_id else None


def way_back() -> str | None:
    """The page of this site from which the form was sent, as a path."""
    referrer = request.referrer or ""
    return (
        referrer.removeprefix(request.host_url.rstrip("/")) if referrer.startswith(request.host_url) else None
    )
