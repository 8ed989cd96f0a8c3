"""Full addresses of pages, for links that leave the site: papers, QR codes, e-mails and messages.

They are made from the setting, never from a request's host, and so the same while answering, in commands and in jobs.
"""

from flask import current_app


def base_url() -> str:
    """Address under which the site is known to the world, without a slash at its end."""
    return str(current_app.config["BASE_URL"]).rstrip("/")


def full_address(endpoint: str, **parts: str) -> str:
    """Address of a page as the world knows it."""
    return base_url() + current_app.url_map.bind("localhost").build(endpoint, parts)
