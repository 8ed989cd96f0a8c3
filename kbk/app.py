"""The program put together. Read top to bottom: what it is made of, and in which order."""

import logging
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kbk.accounts import second_factor_views, signed_in  # noqa: F401 - the first adds pages
from kbk.accounts import service as accounts
from kbk.accounts import tasks as accounts_tasks  # noqa: F401 - it registers its kind of job
from kbk.accounts.entering import must_set_up
from kbk.accounts.offices import init_offices
from kbk.accounts.views import blueprint as accounts_pages
from kbk.accounts.views import init_accounts
from kbk.audit import timekeeping
from kbk.awards import archive_views, minutes_views, paper_views, signed_copy_views, tasks  # noqa: F401 - they add pages and jobs
from kbk.awards import service as awards
from kbk.awards.public import blueprint as public_pages
from kbk.awards.views import blueprint as awards_pages
from kbk.clock import now
from kbk.competitions import people_views, stage_views  # noqa: F401 - they add pages to the blueprint
from kbk.competitions.views import blueprint as competitions_pages
from kbk.db import init_db, transaction
from kbk.groups import queries as groups
from kbk.groups.views import blueprint as groups_pages
from kbk.groups.views import init_groups
from kbk.jobs.queue import init_jobs
from kbk.judging import panel_views  # noqa: F401 - it adds pages to the blueprint
from kbk.judging import queries as judging
from kbk.judging.panels import sitting_judges
from kbk.judging.views import blueprint as judging_pages
from kbk.overview import extension_views  # noqa: F401 - it adds a page to the blueprint
from kbk.overview.views import blueprint as overview_pages
from kbk.paths import STATIC, TEMPLATES
from kbk.policy import Actor
from kbk.risalah.views import blueprint as risalah_pages
from kbk.risalah.views import init_risalah
from kbk.settings import Settings
from kbk.web.access import init_access
from kbk.web.errors import init_errors
from kbk.web.filters import init_filters
from kbk.web.headers import init_headers
from kbk.web.identity import init_identity
from kbk.web.incoming import init_incoming
from kbk.web.mail import init_mail
from kbk.web.navigation import init_navigation
from kbk.web.refusals import init_refusals
from kbk.web.site import blueprint as site_pages
from kbk.web.storage import init_storage

PAGES = (
    site_pages,
    overview_pages,
    public_pages,
    accounts_pages,
    competitions_pages,
    groups_pages,
    risalah_pages,
    judging_pages,
    awards_pages,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for an installation's settings (the environment's by default)."""
    settings = settings or Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("kbk").setLevel(logging.INFO)
    app = Flask("kbk", template_folder=str(TEMPLATES), static_folder=str(STATIC), static_url_path="/static")
    init_incoming(app)
    app.config.update(
        SECRET_KEY=settings.signing_key,
        BASE_URL=settings.base_url,
        TRUSTED_HOSTS=settings.trusted_hosts or None,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=3000,
    )
    app.extensions["settings"] = settings
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    init_db(app, settings.database)
    init_headers(app, https=settings.https)
    init_errors(app)
    init_filters(app)
    init_access(app)
    init_refusals(app)
    init_identity(
        app,
        find=signed_in.find,
        make_actor=_make_actor,
        is_locked=signed_in.is_locked,
        note_use=_note_use,
        https=settings.https,
    )
    init_navigation(app)
    init_storage(app, settings.files)
    init_mail(app, settings)
    init_jobs(app, settings.queue_path, hourly=timekeeping.watch)
    init_accounts(app, local_words=groups.names_everybody_knows)
    init_offices(app, sitting_judges=sitting_judges)
    init_groups(app, check_place=awards.check_place, takes_part=judging.takes_part)
    init_risalah(app, is_judged=judging.group_has_marks)
    for pages in PAGES:
        app.register_blueprint(pages)
    return app


def _make_actor(person: signed_in.SignedIn) -> Actor | None:
    """The person with all offices, or None when the session has been idle too long for them."""
    user = person.session.user
    membership = groups.membership_facts(user.id)
    appointment = judging.appointment_facts(user.id)
    actor = Actor(
        user_id=user.id,
        name=user.name,
        organiser=user.is_organiser and not must_set_up(user),
        groups=membership.roles,
        judge_ids=appointment.judge_ids,
        unit_ids=membership.unit_ids | appointment.unit_ids,
    )
    return actor if signed_in.still_counts(person, actor) else None


def _note_use(person: Any, *, judging: bool) -> None:
    """Renew the session's last use in a transaction of its own, after what the request itself has read or done."""
    if signed_in.needs_touch(person, judging=judging):
        session_id = person.session.id
        with transaction():
            accounts.touch_session(session_id, now(), judging=judging)
