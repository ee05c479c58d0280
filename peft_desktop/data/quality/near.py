"""Texts that are nearly the same: MinHash signatures, banded, then compared exactly.

Broder (1997), "On the resemblance and containment of documents"; the bands are those of Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", section 3.4. A text is the set of its stretches of
N characters (5, and 3 where a script needs fewer); two texts are nearly the same when their sets
have a Jaccard similarity of 0.8 or more.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from peft_desktop.core.events import Event, PhaseChanged, Progressed, Tick
from peft_desktop.core.words import QT_TRANSLATE_NOOP, Sentence

from .duplicates import TEST, TRAIN, VALID, label_codes, leak_finding, spare_places, together
from .findings import HARMS, NOTE, Checking, Finding, Look, Repair, Rows, nothing

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SIMILAR = 0.8  # Jaccard similarity from which texts count as nearly the same
MOST = 250_000  # distinct texts; the signatures of more would take too much memory
BANDS, IN_BAND = 20, 6  # 0.8 alike: found with a probability of 0.997; 0.5: 0.27
_LEAST = 12  # stretches; shorter texts are alike by chance
_CHUNK = 1000  # texts hashed at a time: what fits into the processor's cache
_CROWD = 30  # texts in a bucket from which not each is compared with each
_ESTIMATE = 0.62  # of the signature; three standard deviations below SIMILAR
_PIECE = 200_000  # pairs estimated at a time


def check_near(rows: Rows, look: Look) -> Checking:
    """Near duplicates, and those that stand on both sides of a split."""
    import numpy as np

    if not look.near or not len(rows.ids):
        return []
    yield PhaseChanged("near duplicates")
    texts = rows.plain_texts
    left_out = max(0, len(texts) - MOST)
    pairs = yield from near_pairs(texts.slice(0, MOST))
    found: list[Finding] = []
    if left_out:
        found.append(_left_out(left_out))
    if not len(pairs):
        return found
    found += _leaked(rows, pairs)
    leaders = _leaders(pairs, len(texts))
    cluster = leaders[rows.plain]
    crowd = np.unique(leaders[np.unique(pairs)])
    crowd = crowd[np.bincount(leaders, minlength=len(texts))[crowd] > 1]
    chosen = np.flatnonzero(np.isin(cluster, crowd))
    if not len(chosen):
        return found
    ordered, groups = together(cluster, chosen)
    labels = label_codes(rows, look)
    spare = ordered[spare_places(cluster[ordered], labels[ordered], rows.split[ordered])]
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", "{count} rows have nearly the same text as another one."),
        {"count": len(ordered)},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "Four of five stretches of a few letters are the same: copies with small changes, or "
            "texts made from one form. Look at them before you leave any out.",
        )
    )
    repairs: tuple[Repair, ...] = ()
    if len(spare):
        title = Sentence(
            QT_TRANSLATE_NOOP("engine", "Keep one of each, leave out {count} rows"),
            {"count": len(spare)},
        )
        repairs = (Repair("exclude", title, rows.ids[spare], {"why": "near duplicate"}),)
    finding = Finding("near", HARMS, what, why, rows.ids[ordered], groups, repairs)
    return [*found, finding]


def _left_out(count: int) -> Finding:
    what = Sentence(
        QT_TRANSLATE_NOOP("engine", "{count} texts were not compared for near duplicates."),
        {"count": count},
    )
    why = Sentence(
        QT_TRANSLATE_NOOP("engine", "Only the first {most} different texts are."), {"most": MOST}
    )
    return Finding("near_left_out", NOTE, what, why, nothing(), nothing())


def _leaked(rows: Rows, pairs: np.ndarray) -> list[Finding]:
    """Test and validation rows that are nearly a row to learn from."""
    import numpy as np

    count = len(rows.plain_texts)
    home = np.zeros((4, count), dtype=bool)
    for split in (TRAIN, VALID, TEST):
        home[split, rows.plain[rows.split == split]] = True
    near_train, near_valid = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    for one, other in ((0, 1), (1, 0)):
        near_train[pairs[home[TRAIN, pairs[:, other]], one]] = True
        near_valid[pairs[home[VALID, pairs[:, other]], one]] = True
    same = home[TRAIN] | home[VALID]  # letter by letter: another finding's
    of_test = (rows.split == TEST) & (near_train | near_valid)[rows.plain] & ~same[rows.plain]
    of_valid = (rows.split == VALID) & near_train[rows.plain] & ~home[TRAIN, rows.plain]
    leaked = np.flatnonzero(of_test | of_valid)
    if not len(leaked):
        return []
    told = np.zeros(count, dtype=bool)
    told[rows.plain[leaked]] = True
    linked = pairs[told[pairs[:, 0]] | told[pairs[:, 1]]]
    leaders = _joined(linked, count)
    beside = np.isin(rows.plain, np.unique(linked)) & (rows.split > 0)
    ordered, groups = together(leaders[rows.plain], np.flatnonzero(beside))
    what = Sentence(
        QT_TRANSLATE_NOOP(
            "engine",
            "{test} test rows and {valid} validation rows are nearly the same as rows that the "
            "model learns from.",
        ),
        {"test": int(of_test.sum()), "valid": int(of_valid.sum())},
    )
    return [leak_finding("near_leak", what, rows, ordered, groups, leaked)]


def near_pairs(texts: pa.Array) -> Generator[Event, None, np.ndarray]:
    """Pairs (smaller place, larger place) of distinct `texts` that are nearly the same."""
    import numpy as np

    count = len(texts)
    signature = np.zeros((count, BANDS * IN_BAND), dtype=np.uint32)
    usable = np.zeros(count, dtype=bool)
    dice = np.random.default_rng(1997)
    factors = dice.integers(1, 2**63, BANDS * IN_BAND, dtype=np.uint64) | np.uint64(1)
    shifts = dice.integers(0, 2**63, BANDS * IN_BAND, dtype=np.uint64)
    for start in range(0, count, _CHUNK):
        hashes, starts, places = _stretches(texts.slice(start, _CHUNK))
        if len(places):
            usable[start + places] = True
            signature[start + places] = _smallest(hashes, starts, factors, shifts)
        yield Progressed(min(start + _CHUNK, count), count, "texts")
    candidates = yield from _candidates(signature, usable)
    kept = []
    for start in range(0, len(candidates), _PIECE):
        piece = candidates[start : start + _PIECE]
        alike = np.zeros(len(piece), dtype=np.int16)
        for column in range(BANDS * IN_BAND):
            values = signature[:, column]
            alike += values[piece[:, 0]] == values[piece[:, 1]]
        kept.append(piece[alike >= _ESTIMATE * BANDS * IN_BAND])
        yield Tick()
    likely = np.concatenate(kept) if kept else np.zeros((0, 2), dtype=np.int64)
    found = yield from _exact(texts, likely)
    return found


def _smallest(
    hashes: np.ndarray, starts: np.ndarray, factors: np.ndarray, shifts: np.ndarray
) -> np.ndarray:
    """The signatures: under each of the random orders, the smallest hash of each text."""
    import numpy as np

    found = np.empty((len(starts), len(factors)), dtype=np.uint32)
    for column, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
        mixed = (hashes * factor + shift) >> np.uint64(32)
        found[:, column] = np.minimum.reduceat(mixed.astype(np.uint32), starts)
    return found


def _stretches(texts: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hashes of all stretches of N characters, text by text; where each text begins among them;
    and the places of the texts that are long enough."""
    import numpy as np
    import pyarrow.compute as pc

    long = pc.utf8_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    points = np.frombuffer("".join(texts.to_pylist()).encode("utf-32-le", "replace"), np.uint32)
    begins = np.concatenate(([0], np.cumsum(long)))[:-1]
    filled = np.flatnonzero(long)
    if not len(filled):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    # Chinese, Japanese and Korean say in three characters what others say in more
    dense = np.zeros(len(long), dtype=bool)
    dense[filled] = (
        np.add.reduceat((points >= 0x2E80).astype(np.int64), begins[filled]) * 3 > (long[filled])
    )
    wide = np.where(dense, 3, 5)
    rolled = points.astype(np.uint64)
    hashed = {}
    value = rolled
    for step in range(1, 5):
        value = value[:-1] * np.uint64(0x9E3779B97F4A7C15) + rolled[step:]
        if step in (2, 4):
            hashed[step + 1] = value ^ (value >> np.uint64(29))
    usable = np.flatnonzero(long - wide + 1 >= _LEAST)
    sizes = (long - wide + 1)[usable]
    starts = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    at = np.arange(int(sizes.sum())) + np.repeat(begins[usable] - starts, sizes)
    is_dense = np.repeat(dense[usable], sizes)
    out = np.empty(len(at), dtype=np.uint64)
    out[is_dense] = hashed[3][at[is_dense]]
    out[~is_dense] = hashed[5][at[~is_dense]]
    return out, starts, usable


def _candidates(signature: np.ndarray, usable: np.ndarray) -> Generator[Event, None, np.ndarray]:
    """Pairs that share a whole band of the signature."""
    import numpy as np

    places = np.flatnonzero(usable)
    count = len(usable)
    found = []
    for band in range(BANDS):
        key = np.zeros(len(places), dtype=np.uint64)
        for column in range(band * IN_BAND, (band + 1) * IN_BAND):
            key = key * np.uint64(0x9E3779B97F4A7C15) + signature[places, column]
        order = np.argsort(key, kind="stable")
        ordered = key[order]
        edges = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
        sizes = np.diff(edges)
        for at in np.flatnonzero(sizes > 1).tolist():
            members = places[order[edges[at] : edges[at + 1]]]
            found.append(_pairs_of(members, count))
        if found:
            found = [np.unique(np.concatenate(found))]
        yield Tick()
    keys = found[0] if found else np.zeros(0, dtype=np.int64)
    return np.stack((keys // count, keys % count), axis=1) if len(keys) else keys.reshape(0, 2)


def _pairs_of(members: np.ndarray, count: int) -> np.ndarray:
    """Each with each; in a crowd each with the first ones and with its neighbour."""
    import numpy as np

    if len(members) <= _CROWD:
        one, other = np.triu_indices(len(members), 1)
        both: np.ndarray = members[one] * count + members[other]
        return both
    first = [members[0] * count + members[1:], members[1] * count + members[2:]]
    return np.concatenate([*first, members[:-1] * count + members[1:]])


def _exact(texts: pa.Array, pairs: np.ndarray) -> Generator[Event, None, np.ndarray]:
    """The pairs whose sets of stretches are as alike as they must be."""
    import numpy as np

    sets: dict[int, np.ndarray] = {}
    alike = np.zeros(len(pairs), dtype=bool)
    needed = np.unique(pairs)
    for start in range(0, len(needed), _CHUNK):
        wanted = needed[start : start + _CHUNK]
        hashes, starts, usable = _stretches(texts.take(wanted))
        ends = np.concatenate((starts[1:], [len(hashes)]))
        for place, low, high in zip(usable.tolist(), starts.tolist(), ends.tolist(), strict=True):
            sets[int(wanted[place])] = np.unique(hashes[low:high])
        yield Tick()
    for number, (one, other) in enumerate(pairs.tolist()):
        left, right = sets[one], sets[other]
        both = np.concatenate((left, right))
        both.sort()
        common = int((both[1:] == both[:-1]).sum())
        alike[number] = common >= SIMILAR * (len(both) - common)
        if number % 5000 == 4999:
            yield Tick()
    found: np.ndarray = pairs[alike]
    return found


def _leaders(pairs: np.ndarray, count: int) -> np.ndarray:
    """For each text the one that stands for it: itself, or an earlier one that it is like.

    Nothing is joined through a third: what is left out is always like a text that stays.
    """
    import numpy as np

    leader = np.arange(count)
    order = np.lexsort((pairs[:, 0], pairs[:, 1]))
    for one, other in pairs[order].tolist():
        if leader[one] == one and leader[other] == other:
            leader[other] = one
    return leader


def _joined(pairs: np.ndarray, count: int) -> np.ndarray:
    """For each text the first of all that it is linked to, through others too."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ones = [True] * len(pairs)
    graph = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    found: np.ndarray = connected_components(graph, directed=False)[1]
    return found
