"""Which languages a model's tokenizer cannot read: the share of unknown tokens on samples."""

from __future__ import annotations

import json
from pathlib import Path

from ..core.errors import UserError
from ..core.words import QT_TRANSLATE_NOOP

UNREADABLE = 0.2  # above this share of unknown tokens a language counts as not readable

# written for this program; language codes of ISO 639-1
SAMPLES = {
    "en": "The film was long, but the actors were wonderful and the ending surprised everyone.",
    "de": "Der Film war lang, aber die Schauspieler waren großartig und der Schluss überraschte.",
    "fr": "Le film était long, mais les acteurs étaient formidables et la fin a surpris.",
    "es": "La película era larga, pero los actores eran maravillosos y el final sorprendió.",
    "ru": "Фильм был длинным, но актёры играли прекрасно, а конец всех удивил.",
    "zh": "这部电影虽然很长，但是演员们的表演非常精彩，结局让所有观众感到惊喜。",
    "ja": "映画は長かったけれど、俳優たちの演技が素晴らしく、結末には誰もが驚きました。",
    "ko": "영화는 길었지만 배우들의 연기가 훌륭했고 결말은 모두를 놀라게 했다.",
    "ar": "كان الفيلم طويلا، لكن الممثلين كانوا رائعين وفاجأت النهاية الجميع.",
    "hi": "फ़िल्म लंबी थी, लेकिन अभिनेता शानदार थे और अंत ने सबको चौंका दिया।",
    "th": "หนังยาวมาก แต่นักแสดงยอดเยี่ยมและตอนจบทำให้ทุกคนประหลาดใจ",
}


def unknown_shares(tokenizer_file: Path) -> dict[str, float]:
    """Language code -> share (0..1) of the sample's tokens that the tokenizer does not know.

    Where a tokenizer has no unknown token and drops what it does not know, the share of dropped
    letters counts. Raises UserError when tokenizer.json cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        text = tokenizer_file.read_text("utf-8")
        tokenizer = Tokenizer.from_str(text)
        described = json.loads(text)["model"]
    except Exception as error:  # the Rust reader raises plain Exception
        raise UserError(
            QT_TRANSLATE_NOOP("engine", "The tokenizer.json cannot be read."),
            QT_TRANSLATE_NOOP("engine", "Copy or download the model again."),
            file=tokenizer_file,
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    unknown = described.get("unk_id")
    if unknown is None and described.get("unk_token") is not None:
        unknown = tokenizer.token_to_id(described["unk_token"])
    shares = {}
    for language, sample in SAMPLES.items():
        encoded = tokenizer.encode(sample, add_special_tokens=False)
        if unknown is not None:
            share = encoded.ids.count(unknown) / max(1, len(encoded.ids))
        else:
            read = {i for low, high in encoded.offsets for i in range(low, high)}
            letters = [i for i, letter in enumerate(sample) if not letter.isspace()]
            share = sum(i not in read for i in letters) / len(letters)
        shares[language] = round(share, 3)
    return shares
