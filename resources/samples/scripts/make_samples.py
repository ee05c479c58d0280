"""Compose the shipped samples again from their sources: `make_samples.py --data FOLDER`.

FOLDER holds `nltk_sentence_polarity/`, `banking77/`, `cmrc2018/` and `xquad/` as their makers
publish them. The same sources and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import banking_intents
import keyword_zh
import movie_reviews

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


if __name__ == "__main__":
    main()
