"""The fields beside the table: what they are called and what was typed into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kbk.seven_tools.entry.dates import read_day
from kbk.seven_tools.entry.numbers import Mark, mark_of, read_number
from kbk.seven_tools.entry.table import NUMBER_WANTED, EntryError, day_problem, quoted
from kbk.seven_tools.parsing import clean

YES = "ya"

_MOST_LETTERS = 2_000


class SettingKind(Enum):
    """How a setting is filled in."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Setting:
    """One field beside the table; `choices` are (value, label), that of "" is the usual one; a flag holds "ya" or "".

    All may stay empty but those that are `required`. On a setting that `reshapes` the columns of the table depend.
    """

    key: str
    label: str
    kind: SettingKind = SettingKind.TEXT
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    reshapes: bool = False

    def fail(self, problem: str) -> EntryError:
        """The problem of this setting; `problem` is a predicate such as `belum diisi`."""
        return EntryError(f"{self.label} {problem}.", setting=self.key)

    def chosen(self, words: str) -> str:
        """The value that was chosen. Raises EntryError for one that is not offered."""
        if words not in dict(self.choices):
            raise self.fail(f"tidak mengenal pilihan {quoted(words)}")
        return words


CAPTION = (
    Setting("title", "Judul gambar", hint="Apa yang digambarkan, di mana, dan kapan."),
    Setting("subtitle", "Keterangan", hint="Tambahan di bawah judul, misalnya cara menghitung."),
    Setting("source", "Sumber data", hint="Asal dan masa datanya; juri menanyakannya lebih dahulu."),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed into the settings, cleaned, without the empty ones; `point` is that of the table."""

    settings: tuple[Setting, ...]
    words: Mapping[str, str]
    point: bool

    def given(self, *keys: str) -> dict[str, object]:
        """The settings that were filled in, each read by its kind. Raises EntryError."""
        return {key: self._read(self.setting(key)) for key in keys if key in self.words}

    def setting(self, key: str) -> Setting:
        """The setting of that key."""
        return next(setting for setting in self.settings if setting.key == key)

    def choice(self, key: str) -> str:
        """The value chosen, "" where nothing was. Raises EntryError."""
        return self.setting(key).chosen(self.words.get(key, ""))

    def day(self, key: str) -> date | None:
        """The day typed, None for none. Raises EntryError."""
        words = self.words.get(key)
        if words is None:
            return None
        found = read_day(words)
        if found is None:
            raise self.setting(key).fail(day_problem(words))
        return found

    def _read(self, setting: Setting) -> object:
        words = self.words[setting.key]
        if setting.kind is SettingKind.NUMBER:
            return self._number(setting, words)
        if setting.kind is SettingKind.CHOICE:
            return setting.chosen(words)
        return words == YES if setting.kind is SettingKind.FLAG else words

    def _number(self, setting: Setting, words: str) -> float:
        """In the style of the table's numbers; 1.234 is refused where their full stops set off decimals."""
        found = read_number(words, self.point)
        if found is None:
            raise setting.fail(f"{NUMBER_WANTED}, bukan {quoted(words)}")
        if self.point and mark_of(words) is Mark.DOUBTFUL:
            raise setting.fail(
                f"memuat {quoted(words)} yang tidak jelas titiknya, sebab tabel memakai titik desimal"
            )
        return found


def read_settings(settings: Sequence[Setting], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed by key, cleaned, without the empty ones. Raises EntryError."""
    words = {}
    for setting in settings:
        written = typed.get(setting.key, "")
        if len(written) > _MOST_LETTERS:
            raise setting.fail("terlalu panjang")
        written = clean(written)
        if written:
            words[setting.key] = written
        elif setting.required:
            raise setting.fail("belum dipilih" if setting.choices else "belum diisi")
    return words
