"""The trail in the committee's words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_DIGEST_SHOWN = 12
Moment = Callable[[datetime], str]

ACTIONS: Mapping[str, str] = {
    "appointment-withdrawn": "mencabut penugasan juri",
    "category-added": "menambah kategori",
    "category-removed": "menghapus kategori",
    "certificate-revoked": "mencabut piagam",
    "certificates-issued": "menerbitkan piagam",
    "competition-changed": "mengubah pengaturan gelar",
    "competition-created": "membuat gelar",
    "deadline-extended": "memperpanjang batas waktu kelompok",
    "entries-admitted": "memasukkan peserta ke tahap",
    "file-attached": "mengunggah berkas",
    "file-removed": "menghapus berkas",
    "group-added": "mendaftarkan kelompok",
    "group-changed": "mengubah profil kelompok",
    "group-removed": "menghapus kelompok",
    "import-confirmed": "menerapkan impor",
    "import-unit-decided": "memutuskan unit kerja dalam impor",
    "import-uploaded": "mengunggah daftar untuk diimpor",
    "invitation-accepted": "menerima undangan",
    "invitation-refused": "memakai tautan undangan yang tidak berlaku lagi",
    "invited": "membuat tautan undangan",
    "judge-added": "menambah juri",
    "judge-appointed": "menugaskan juri",
    "judge-changed": "mengubah data juri",
    "judge-recused": "mencatat pengunduran diri juri",
    "judge-removed": "menghapus juri",
    "judges-shared-out": "membagi penugasan juri",
    "late-change-refused": "mencoba mengubah sesudah terkunci",
    "member-added": "menambah anggota",
    "member-changed": "mengubah data anggota",
    "member-recognised": "mengenali anggota yang sudah terdaftar",
    "member-removed": "menghapus anggota",
    "organiser-dismissed": "mengeluarkan panitia",
    "password-changed": "mengganti kata sandi",
    "recovery-code-used": "masuk dengan kode cadangan",
    "request-refused": "meminta yang bukan haknya",
    "risalah-begun": "mulai menulis risalah",
    "risalah-handed-in": "menyerahkan risalah",
    "risalah-sent-back": "mengembalikan risalah",
    "risalah-titled": "memberi judul risalah",
    "rubric-changed": "mengubah rubrik",
    "second-factor-dropped": "mematikan masuk dua langkah",
    "second-factor-reset": "melepas masuk dua langkah",
    "second-factor-set": "memasang masuk dua langkah",
    "section-saved": "menyimpan bagian risalah",
    "session-revoked": "mengakhiri sesi",
    "sheet-reopened": "membuka kembali lembar nilai",
    "sheet-saved": "menyimpan lembar nilai",
    "sheet-signed": "menandatangani lembar nilai",
    "sign-in": "masuk",
    "sign-ins-failed": "berkali-kali gagal masuk",
    "stage-added": "menambah tahap",
    "stage-changed": "mengubah aturan tahap",
    "stage-closed": "menutup penilaian tahap",
    "stage-decided": "menetapkan hasil tahap",
    "stage-opened": "membuka penilaian tahap",
    "stage-published": "mengumumkan hasil tahap",
    "stage-removed": "menghapus tahap",
    "stage-reopened": "membuka kembali tahap",
    "tie-decision-withdrawn": "mencabut keputusan nilai sama",
    "tie-settled": "memutuskan nilai sama",
    "unit-added": "menambah unit kerja",
    "unit-changed": "mengubah unit kerja",
    "user-added": "menambah orang",
}


def action_words(action: str) -> str:
    """An action of the trail as a page shows it."""
    return ACTIONS[action]


DETAILS: Mapping[str, str] = {
    "advancing": "lolos",
    "after": "menjadi",
    "before": "semula",
    "changes": "perubahan",
    "count": "jumlah",
    "criteria": "kriteria",
    "decision": "keputusan",
    "filename": "berkas",
    "files": "berkas",
    "filled": "kriteria terisi",
    "group": "kelompok",
    "groups": "kelompok",
    "institution": "lembaga",
    "joint": "tempat bersama",
    "judge": "juri",
    "key": "bagian",
    "kind": "jenis",
    "marks": "kriteria",
    "missing": "belum ada",
    "name": "nama",
    "new_sheets": "lembar baru",
    "note": "catatan",
    "number": "nomor",
    "order": "urutan",
    "outline": "susunan langkah",
    "page": "halaman",
    "per_entry": "juri per peserta",
    "purpose": "keperluan",
    "reason": "alasan",
    "role": "peran",
    "rows": "baris",
    "sha256": "sidik berkas",
    "total": "jumlah nilai",
    "unit": "unit kerja",
    "until": "sampai",
    "version": "versi",
    "year": "tahun",
    "categories": "kategori",
    "certificate_number": "pola nomor piagam",
    "city": "kota",
    "decree_number": "nomor SK",
    "description": "keterangan",
    "formed_on": "dibentuk",
    "letterhead": "kepala surat",
    "letterhead_address": "alamat kepala surat",
    "motto": "moto",
    "name_meaning": "arti nama",
    "signer_name": "penanda tangan",
    "signer_nip": "NIP penanda tangan",
    "signer_position": "jabatan penanda tangan",
    "signer_rank": "pangkat penanda tangan",
    "submission_deadline": "batas penyerahan",
    "submission_opens_at": "penulisan dibuka",
    "zone": "zona waktu",
}
"""Names of details that pages show; names that are not here are shown as they are."""


def detail_words(detail: Mapping[str, Any], moment: Moment = datetime.isoformat) -> str:
    """The details of a change in one line; `moment` writes points in time."""
    return "; ".join(f"{_name(name)}: {_plain(value, moment)}" for name, value in detail.items())


def _name(name: str) -> str:
    return DETAILS.get(name, name.replace("_", " "))


def _plain(value: Any, moment: Moment) -> str:
    if isinstance(value, Mapping):
        if all(_DIGEST.fullmatch(str(inner)) for inner in value.values()):
            return str(len(value))
        return ", ".join(f"{_name(name)} {_plain(inner, moment)}" for name, inner in value.items())
    if isinstance(value, list) and value:
        parts = [_plain(inner, moment) for inner in value]
        return " → ".join(parts) if len(parts) == 2 else ", ".join(parts)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "–" if value in (None, "", []) else _text(str(value), moment)


def _text(value: str, moment: Moment) -> str:
    """One value: digests shortened, decimals with a comma, points in time written out."""
    if _DIGEST.fullmatch(value):
        return f"{value[:_DIGEST_SHOWN]}…"
    if _DECIMAL.fullmatch(value):
        return value.replace(".", ",")
    return moment(datetime.fromisoformat(value)) if _MOMENT.fullmatch(value) else value
