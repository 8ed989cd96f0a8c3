"""E-mail of invitations: sent by the worker when a server is named, and never needed."""

import socketserver
import threading

import pytest
from sqlalchemy import select

from kbk import clock
from kbk.accounts.links import invitation_link
from kbk.accounts.models import Invitation
from kbk.accounts.queries import open_invitations
from kbk.db import db, transaction
from kbk.groups import service
from kbk.jobs.models import Job, JobState
from kbk.jobs.queue import perform_open
from kbk.policy import Actor, MemberRole
from kbk.settings import Settings
from kbk.web.mail import init_mail

ORGANISER = Actor(1, "Panitia", organiser=True)


class _Mailbox(socketserver.StreamRequestHandler):
    """Just enough of a mail server to take one message."""

    def handle(self):
        self.wfile.write(b"220 kotak surat\r\n")
        for line in self.rfile:
            command = line.strip().upper()
            if command == b"DATA":
                self.wfile.write(b"354 silakan\r\n")
                self.server.letters.append(self._letter())
            self.wfile.write(b"221 selesai\r\n" if command == b"QUIT" else b"250 baik\r\n")

    def _letter(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return b"".join(lines).decode()


@pytest.fixture
def mailbox():
    """A mail server on this machine that keeps what it is sent."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        server.daemon_threads = True
        server.letters = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def member(cast):
    """Somebody with an e-mail address."""
    with transaction():
        return service.add_member(
            ORGANISER,
            cast.group("Rukun"),
            name="Sri Ketua",
            role=MemberRole.KETUA,
            email="sri@contoh.go.id",
            now=clock.now(),
        )


def _use_server(app, port):
    init_mail(
        app,
        Settings(
            _env_file=None, smtp_host="127.0.0.1", smtp_port=port, smtp_tls=False, mail_sender="kbk@x.id"
        ),
    )


def test_the_worker_sends_the_link(app, acting_as, cast, member, mailbox):
    _use_server(app, mailbox.server_address[1])
    acting_as("panitia").post(f"/panitia/anggota/{member.public_id}/undang")
    app.config.update(BASE_URL="https://kbk.example.go.id", TRUSTED_HOSTS=["kbk.example.go.id"])
    assert perform_open() == 1
    invitation = db.session.scalars(select(Invitation).where(Invitation.user_id == member.user_id)).one()
    assert invitation.mailed_at is not None
    letter = mailbox.letters[0].replace("=\r\n", "").replace("=3D", "=")
    assert "To: sri@contoh.go.id" in letter
    link = invitation_link(invitation, cast.competition().name).url
    assert link.startswith("https://kbk.example.go.id/undangan/")
    assert link in letter
    job = db.session.scalars(select(Job)).one()
    assert (job.state, sorted(job.payload)) == (
        JobState.DONE,
        ["address", "invitation", "occasion"],
    )


def test_a_letter_that_cannot_be_sent_loses_no_link(app, acting_as, member, mailbox):
    port = mailbox.server_address[1]
    mailbox.shutdown()
    mailbox.server_close()
    _use_server(app, port)
    browser = acting_as("panitia")
    browser.post(f"/panitia/anggota/{member.public_id}/undang")
    perform_open()
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.error) == (
        JobState.FAILED,
        "Surel ke sri@contoh.go.id tidak terkirim. Serahkan tautannya lewat WhatsApp atau kode QR.",
    )
    assert len(open_invitations([member.user_id], clock.now())) == 1
    assert (
        "Surel ke sri@contoh.go.id belum terkirim."
        in browser.get(f"/panitia/anggota/{member.public_id}/undangan").words()
    )


def test_a_replaced_link_is_not_sent(app, acting_as, member, mailbox):
    _use_server(app, mailbox.server_address[1])
    browser = acting_as("panitia")
    for _time in range(2):
        browser.post(f"/panitia/anggota/{member.public_id}/undang")
    perform_open()
    assert len(mailbox.letters) == 1


def test_without_a_server_nothing_is_queued(acting_as, member):
    acting_as("panitia").post(f"/panitia/anggota/{member.public_id}/undang")
    assert db.session.scalars(select(Job)).all() == []


def test_judges_and_organisers_get_theirs_too(app, acting_as, cast, mailbox):
    _use_server(app, mailbox.server_address[1])
    browser = acting_as("panitia")
    browser.post("/panitia/orang", {"name": "Rudi Panitia", "email": "rudi@contoh.go.id"})
    browser.post(
        f"/panitia/gelar/{cast.competition().public_id}/juri/baru",
        {"name": "Nina Juri", "email": "nina@contoh.ac.id", "institution": "Universitas Contoh"},
    )
    perform_open()
    assert sorted(letter.split("To: ")[1].splitlines()[0] for letter in mailbox.letters) == [
        "nina@contoh.ac.id",
        "rudi@contoh.go.id",
    ]
