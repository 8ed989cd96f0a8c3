"""How a place came about where scores were equal, in Indonesian sentences. Pure; the steps come from `scoring`."""

from collections.abc import Mapping, Sequence

from kbk.indonesian import join_words
from scoring.numbers import show_short
from scoring.rubric import Rubric
from scoring.ties import Reason, Step


def tie_sentences(
    group_id: int, reasons: Sequence[Reason], names: Mapping[int, str], rubric: Rubric
) -> tuple[str, ...]:
    """The steps of the tie chain for one group, in their order; empty where its score stands alone.

    `names` gives the group's names by id.
    """
    if not reasons:
        return ()
    others = [names[int(entry)] for entry in reasons[0].group if int(entry) != group_id]
    opening = f"Nilai akhir sama tepat dengan {join_words(sorted(others))}."
    return (opening, *(_sentence(reason, rubric) for reason in reasons))


def _sentence(reason: Reason, rubric: Rubric) -> str:
    if reason.step is Step.CRITERION:
        criterion = rubric.by_id.get(reason.criterion)
        name = criterion.name if criterion else reason.criterion
        value = show_short(reason.value) if reason.value is not None else "–"
        return f"Kriteria {name}: rata-rata {value}, {'memisahkan' if reason.separated else 'tetap sama'}."
    if reason.step is Step.DECISION and reason.decision is not None:
        return f"Diputuskan tertulis oleh dewan juri: {reason.decision.note}"
    if reason.step is Step.JOINT and reason.decision is not None:
        return f"Ditetapkan dewan juri pada tempat yang sama: {reason.decision.note}"
    return "Belum terpecahkan: menunggu keputusan tertulis dewan juri."
