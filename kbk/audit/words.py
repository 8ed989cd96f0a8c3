"""The trail in the committee's words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
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
    "diagram-begun": "memulai diagram",
    "diagram-put-back": "mengembalikan diagram yang dihapus",
    "diagram-removed": "menghapus diagram",
    "diagram-saved": "menyimpan diagram",
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
    "link-handed-over": "menandai tautan undangan sudah diserahkan",
    "link-not-handed-over": "menandai tautan undangan belum diserahkan",
    "link-printed": "mencetak tautan undangan",
    "marks-set-aside": "menyisihkan nilai lama dan mulai dari lembar kosong",
    "marks-taken-up": "memakai lagi nilai lama",
    "member-added": "menambah anggota",
    "member-changed": "mengubah data anggota",
    "member-recognised": "mengenali anggota yang sudah terdaftar",
    "member-removed": "menghapus anggota",
    "minutes-made": "membuat berita acara",
    "minutes-revoked": "mencabut berita acara",
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
    "signed-copy-kept": "menyimpan salinan bertanda tangan",
    "signed-copy-replaced": "mengganti salinan bertanda tangan",
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
    "advance": "yang lolos",
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
    "kept": "nilai lama yang tersimpan",
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
    "aspect": "aspek",
    "carry_over": "bagian nilai tahap sebelumnya (%)",
    "categories": "kategori",
    "category": "kategori",
    "certificate_number": "pola nomor piagam",
    "city": "kota",
    "decree_number": "nomor SK",
    "description": "keterangan",
    "ends_at": "selesai",
    "formed_on": "dibentuk",
    "job_title": "jabatan",
    "letterhead": "kepala surat",
    "letterhead_address": "alamat kepala surat",
    "line_rule": "bila sama di batas kelolosan",
    "method": "cara menggabungkan nilai",
    "missing_sheets": "bila lembar belum lengkap",
    "motto": "moto",
    "name_meaning": "arti nama",
    "scale": "skala",
    "signer_name": "penanda tangan",
    "signer_nip": "NIP penanda tangan",
    "signer_position": "jabatan penanda tangan",
    "signer_rank": "pangkat penanda tangan",
    "starts_at": "mulai",
    "submission_deadline": "batas penyerahan",
    "submission_opens_at": "penulisan dibuka",
    "tie_chain": "rantai kriteria",
    "weight": "bobot",
    "zone": "zona waktu",
}
"""Names of details that pages show; names that are not here are shown as they are."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {"perangkat-daerah": "perangkat daerah", "rsud": "RSUD"},
    "line_rule": {
        "chain": "rantai kriteria lebih dahulu",
        "decision": "dewan juri memutuskan",
        "take-all": "semua yang sama ikut lolos",
    },
    "method": {
        "mean": "rata-rata",
        "median": "median",
        "trimmed": "rata-rata tanpa tertinggi dan terendah",
    },
    "missing_sheets": {"present": "rata-rata lembar yang lengkap", "wait": "tunggu semua lembar"},
    "outline": {"delta-8": "DELTA", "qc-story-7": "QC story", "tulta-7": "TULTA"},
}
"""Words for what is chosen from a list, by the name of the detail; others are shown as they are."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def detail_words(
    detail: Mapping[str, Any], moment: Moment = datetime.isoformat, criteria: Mapping[str, str] = _NO_NAMES
) -> str:
    """The details of a change in one line; `moment` writes points in time, `criteria` names criteria by id."""

    def name(key: str) -> str:
        if key in criteria:
            return f"{criteria[key]} ({key})"
        return DETAILS.get(key, key.replace("_", " "))

    def plain(key: str, value: Any) -> str:
        match value:
            case None | "" | []:
                return "–"
            case [None, Mapping() as added]:
                return f"ditambahkan ({plain(key, added)})"
            case [Mapping() as removed, None]:
                return f"dihapus ({plain(key, removed)})"
            case Mapping() if all(_DIGEST.fullmatch(str(inner)) for inner in value.values()):
                return str(len(value))
            case Mapping():
                return ", ".join(f"{name(inner)} {plain(inner, what)}" for inner, what in value.items())
            case [before, after]:
                return f"{plain(key, before)} → {plain(key, after)}"
            case list():
                return ", ".join(plain(key, inner) for inner in value)
            case bool():
                return "ya" if value else "tidak"
            case _:
                return _text(VALUES.get(key, _NO_NAMES).get(value, str(value)), moment)

    return "; ".join(f"{name(key)}: {plain(key, value)}" for key, value in detail.items())


def _text(value: str, moment: Moment) -> str:
    """One value: digests shortened, decimals with a comma, points in time written out."""
    if _DIGEST.fullmatch(value):
        return f"{value[:_DIGEST_SHOWN]}…"
    if _DECIMAL.fullmatch(value):
        return value.replace(".", ",")
    return moment(datetime.fromisoformat(value)) if _MOMENT.fullmatch(value) else value
