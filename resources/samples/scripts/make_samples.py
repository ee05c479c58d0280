"""Compose the shipped samples again from their sources: `make_samples.py --data FOLDER`.

FOLDER holds `nltk_sentence_polarity/`, `banking77/`, `cmrc2018/`, `xquad/`, `wnut17/`, `snips/` and
`e2e_nlg/` as their makers publish them. The same sources and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import banking_intents
import banking_pairs
import entity_samples
import keyword_zh
import movie_reviews
import restaurant_samples
import xquad_samples

SEED = 20_240
SAMPLES = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compose the shipped samples from their sources.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the source data sets")
    parser.add_argument("--out", type=Path, default=SAMPLES, help="where the sample folders are")
    chosen = parser.parse_args()
    movie_reviews.compose(chosen.data, chosen.out / "movie_reviews", SEED)
    banking_intents.compose(chosen.data, chosen.out / "banking_intents")
    keyword_zh.compose(chosen.data, chosen.out / "keyword_zh", SEED)
    banking_pairs.compose(chosen.data, chosen.out / "banking_pairs", SEED)
    entity_samples.compose_wnut(chosen.data, chosen.out / "wnut_entities", SEED)
    entity_samples.compose_snips(chosen.data, chosen.out / "snips_slots", SEED)
    for language in ("en", "zh"):
        xquad_samples.compose(chosen.data, chosen.out / f"xquad_{language}", language, SEED)
    restaurant_samples.compose(chosen.data, chosen.out, SEED)


if __name__ == "__main__":
    main()
