"""Outgoing e-mail, for installations that have named a mail server. Everything works without one."""

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail

from kbk.settings import Settings

TIMEOUT_SECONDS = 20


def init_mail(app: Flask, settings: Settings) -> None:
    """Prepare the connection that the settings describe; nothing is contacted yet."""
    app.config.update(
        MAIL_BACKEND="smtp",
        MAIL_SERVER=settings.smtp_host,
        MAIL_PORT=settings.smtp_port,
        MAIL_USERNAME=settings.smtp_username or None,
        MAIL_PASSWORD=settings.smtp_password.get_secret_value() or None,
        MAIL_USE_TLS=settings.smtp_tls,
        MAIL_DEFAULT_SENDER=settings.mail_sender or settings.smtp_username or None,
        MAIL_TIMEOUT=TIMEOUT_SECONDS,
    )
    Mail(app)


def is_configured() -> bool:
    """Say whether this installation can send e-mail."""
    return bool(current_app.config["MAIL_SERVER"])


def send_invitation(address: str, *, occasion: str, message: str) -> None:
    """Send the words of an invitation to `occasion`. Raises OSError (also all of smtplib's) when the server refuses."""
    EmailMessage(subject=f"Undangan masuk: {occasion}", body=message, to=[address]).send()
