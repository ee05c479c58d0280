"""Files of texts in every encoding that one meets: short, long, and all but one line ASCII."""

from __future__ import annotations

from dataclasses import dataclass

_TEXTS = {
    "english": ["A film that one does not forget", "The battery died after two days", "Fine"],
    "simplified": [
        "这家餐厅的服务态度很好，菜的味道也不错",
        "快递太慢了，等了一个星期才收到",
        "屏幕很清晰，电池可以用两天",
    ],
    "traditional": [
        "這家餐廳的服務態度很好，菜的味道也不錯",
        "快遞太慢了，等了一個星期才收到",
        "螢幕很清晰，電池可以用兩天",
    ],
    "japanese": [
        "料理は美味しかったですが、店員の態度が悪かった",
        "バッテリーが二日で切れました",
        "また行きたいと思います",
    ],
    "korean": [
        "음식은 맛있었지만 직원이 불친절했습니다",
        "배터리가 이틀 만에 고장났어요",
        "다음에 또 가고 싶습니다",
    ],
    "french": [
        "La nourriture était délicieuse mais le serveur très désagréable",
        "Batterie déchargée après deux journées",
        "Où est passé le garçon ? Je suis déçu",
    ],
    "german": [
        "Das Essen war köstlich, aber der Kellner völlig unhöflich",
        "Für den Preis ist die Größe in Ordnung",
        "Die Straße ist schön",
    ],
    "spanish": [
        "La comida estaba riquísima, pero el camarero fue antipático",
        "La batería duró dos días y después nada",
        "¿Volveré mañana? Quizás el año próximo",
    ],
    "czech": [
        "Jídlo bylo výborné, ale číšník byl nepříjemný",
        "Baterie se vybila už po dvou dnech, škoda peněz",
        "Příště určitě přijdu znovu, děkuji",
    ],
    "polish": [
        "Jedzenie było pyszne, ale kelner był bardzo nieuprzejmy",
        "Bateria padła po dwóch dniach, szkoda pieniędzy",
        "Na pewno jeszcze tu wrócę, dziękuję",
    ],
    "russian": [
        "Еда была вкусная, но официант был очень груб",
        "Аккумулятор сел через два дня",
        "Обязательно приду ещё раз, спасибо",
    ],
    "ukrainian": [
        "Їжа була смачна, але офіціант був дуже грубий",
        "Батарея сіла через два дні",
        "Обов'язково прийду ще раз, дякую",
    ],
    "greek": [
        "Το φαγητό ήταν νόστιμο αλλά ο σερβιτόρος αγενής",
        "Η μπαταρία τελείωσε σε δύο μέρες",
        "Θα ξαναπάω σίγουρα, ευχαριστώ",
    ],
    "turkish": [
        "Yemekler çok güzeldi ama garson kaba davrandı",
        "Pil iki gün içinde bitti, hiç beğenmedim",
        "Teşekkürler, kesinlikle yine geleceğim",
    ],
    "hebrew": [
        "האוכל היה טעים אבל המלצר היה מאוד לא אדיב",
        "הסוללה נגמרה אחרי יומיים",
        "אחזור שוב בהחלט, תודה רבה",
    ],
    "arabic": [
        "كان الطعام لذيذا لكن النادل كان وقحا جدا",
        "نفدت البطارية بعد يومين",
        "سأعود مرة أخرى بالتأكيد، شكرا",
    ],
    "bulgarian": [
        "Храната беше вкусна, но сервитьорът беше много груб",
        "Батерията падна след два дни",
        "Със сигурност ще дойда пак, благодаря",
    ],
    "lithuanian": [
        "Maistas buvo skanus, bet padavėjas labai nemandagus",
        "Baterija išsikrovė per dvi dienas, gaila pinigų",
        "Tikrai dar sugrįšiu, ačiū jums",
    ],
    "hungarian": [
        "Az étel finom volt, de a pincér nagyon udvariatlan",
        "Két nap alatt lemerült az akkumulátor, kár a pénzért",
        "Jövőre biztosan újra eljövök, köszönöm",
    ],
}
_LEGACY = {
    "simplified": ("gb18030", "gbk"),
    "traditional": ("big5", "gb18030"),
    "japanese": ("shift_jis", "euc_jp", "cp932"),
    "korean": ("euc_kr", "cp949"),
    "french": ("cp1252",),
    "german": ("cp1252",),
    "spanish": ("cp1252",),
    "czech": ("cp1250",),
    "polish": ("cp1250", "iso8859_2"),
    "hungarian": ("cp1250",),
    "lithuanian": ("cp1257",),
    "russian": ("cp1251", "koi8_r"),
    "ukrainian": ("cp1251",),
    "bulgarian": ("cp1251",),
    "hebrew": ("cp1255",),
    "arabic": ("cp1256",),
    "greek": ("cp1253",),
    "turkish": ("cp1254",),
}
_UNICODE = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"),
    "utf-32-be",
)


@dataclass(frozen=True)
class Animal:
    """`texts` are the file's text column; `content` the bytes of a table with two columns."""

    name: str
    texts: list[str]
    content: bytes


def zoo() -> list[Animal]:
    found = []
    for language in _TEXTS:
        codecs = _LEGACY.get(language, ())
        if language in ("english", "simplified", "japanese", "french", "russian"):
            codecs = (*codecs, *_UNICODE)
        for codec in codecs:
            for length in ("short", "long", "mostly_ascii"):
                texts = _texts(language, length)
                table = "text,label\n" + "".join(
                    f'"{text}",{"good" if n % 2 else "bad"}\n' for n, text in enumerate(texts)
                )
                found.append(Animal(f"{language}-{codec}-{length}", texts, table.encode(codec)))
    return found


def _texts(language: str, length: str) -> list[str]:
    texts = _TEXTS[language]
    if length == "short":
        return texts[:2]
    if length == "long":
        return [f"{text} ({n})" for n in range(120) for text in texts]
    plain = [f"A perfectly plain review, number {n}" for n in range(900)]
    plain[700] = texts[0]
    return plain
