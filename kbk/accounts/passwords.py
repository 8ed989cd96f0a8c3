"""Which passwords are taken. Pure; the library and its lists are loaded only when somebody chooses a password.

At twelve characters a list of frequent passwords finds little by itself: of the 30,000 it holds, a few hundred are
that long. What people really do is stretch a frequent password, a name or a place with digits and signs. So the
guesses are counted that such a composition takes (D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation",
USENIX Security 2016): 30,000 frequent passwords, 60,000 words and names, sequences, repetitions, keys side by side
and dates, all also backwards and with digits for letters.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbk.accounts.local_words import LOCAL_WORDS

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 128
FEWEST_GUESSES = 10**9
"""More than three known parts in a row are worth; the waiting after failures does the rest."""
LONGEST_LOOKED_AT = 40
"""The counting takes time that grows faster than the length."""
SHORTEST_WORD = 3
RANK_OF_LOCAL_WORDS = 100
_SEPARATORS = re.compile(r"[\s\-_.,]+")

_ADVICE = "Rangkaikan tiga atau empat kata yang tidak berkaitan dan hanya Anda yang tahu."
_REASONS: Mapping[str, str] = {
    "personal": "memuat nama, nama masuk, surel, atau NIP Anda sendiri",
    "local": "tersusun dari nama daerah, nama instansi, atau kata yang biasa dipakai di sini",
    "frequent": "memuat kata atau kata sandi yang paling sering dipakai orang",
    "pattern": "hanya berupa urutan, pengulangan, atau tanggal",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What others know: texts about the person, and names of places and offices of this installation."""

    personal: Sequence[str] = ()
    local: Sequence[str] = ()


def password_problem(password: str, known: Known) -> str | None:
    """One sentence on what is wrong with a chosen password and what to do, or None."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Kata sandi paling sedikit {SHORTEST_PASSWORD} huruf. Rangkaian tiga atau empat kata mudah diingat."
    if len(password) > LONGEST_PASSWORD:
        return f"Kata sandi paling banyak {LONGEST_PASSWORD} huruf."
    reason = _easily_guessed(password.casefold(), known)
    return None if reason is None else f"Kata sandi ini mudah ditebak karena {_REASONS[reason]}. {_ADVICE}"


def _easily_guessed(password: str, known: Known) -> str | None:
    """Why few guesses suffice, as a key of `_REASONS`, for the password as typed or without its separators."""
    from zxcvbn.matching import RANKED_DICTIONARIES, omnimatch
    from zxcvbn.scoring import most_guessable_match_sequence

    lists = {
        **RANKED_DICTIONARIES,
        "local": dict.fromkeys([*LOCAL_WORDS.split(), *_words(known.local)], RANK_OF_LOCAL_WORDS),
        "personal": dict.fromkeys(_words(known.personal), 1),
    }
    for form in {password, _SEPARATORS.sub("", password)} - {""}:
        looked_at = form[:LONGEST_LOOKED_AT]
        counted = most_guessable_match_sequence(looked_at, omnimatch(looked_at, lists))
        if counted["guesses"] < FEWEST_GUESSES:
            return _reason(counted["sequence"])
    return None


def _words(texts: Iterable[str]) -> set[str]:
    """The words of the texts, and each text as one word."""
    found: set[str] = set()
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        found.update(words)
        found.add("".join(words))
    return {word for word in found if len(word) >= SHORTEST_WORD}


def _reason(parts: Iterable[Mapping[str, str]]) -> str:
    """The most telling of the parts that a password is composed of."""
    lists = {part.get("dictionary_name", "") for part in parts}
    for reason in ("personal", "local"):
        if reason in lists:
            return reason
    return "frequent" if lists - {""} else "pattern"
