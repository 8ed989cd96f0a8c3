"""Entry point for WSGI servers: `gunicorn wsgi:app`."""

from kbk.app import create_app

app = create_app()
