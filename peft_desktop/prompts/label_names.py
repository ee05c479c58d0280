"""What label names mean: spellings of the usual labels, topics in two languages, readable names."""

from __future__ import annotations

import re

SENTIMENT = {
    "very positive": "very positive, very good, strongly positive, 5 stars, 5 star, "
    "非常正面, 非常积极, 很好",
    "positive": "positive, pos, good, great, favourable, favorable, praise, thumbs up, like, "
    "4 stars, 4 star, 正面, 积极, 好评, 正向, 褒义, 好, 喜欢, 满意, 正",
    "neutral": "neutral, neu, mixed, average, okay, 3 stars, 3 star, 中性, 中立, 中评, 一般",
    "negative": "negative, neg, bad, terrible, poor, unfavourable, unfavorable, complaint, "
    "thumbs down, dislike, 2 stars, 2 star, "
    "负面, 消极, 差评, 负向, 贬义, 差, 坏, 不喜欢, 不满意, 负",
    "very negative": "very negative, very bad, strongly negative, 1 star, 1 stars, "
    "非常负面, 非常消极, 很差",
}
QUESTION = {
    "abbreviation": "abbreviation, abbr, 缩写",
    "entity": "entity, enty, 实体, 事物",
    "description": "description, desc, 描述",
    "human": "human, hum, person, 人物, 人",
    "location": "location, loc, place, 地点, 位置",
    "number": "number, numeric, num, numeric value, quantity, 数字, 数值, 数量",
}
SUBJECTIVITY = {
    "subjective": "subjective, subj, opinion, 主观, 观点",
    "objective": "objective, obj, fact, 客观, 事实",
}
YES_NO = {
    "yes": "yes, y, true, t, correct, right, contains, present, match, relevant, 是, 对, 有, "
    "包含, 含有, 正确, 相关, 存在, 真",
    "no": "no, n, false, f, incorrect, wrong, does not contain, not contains, absent, no match, "
    "irrelevant, 否, 不是, 错, 无, 没有, 不包含, 不含有, 错误, 不相关, 不存在, 假",
    "unknown": "unknown, maybe, unsure, 不知道, 不确定, 未知",
}
# English word, Chinese word, further spellings
TOPICS = (
    ("world", "国际", "international, world news, 世界"),
    ("sports", "体育", "sport, 运动"),
    ("business", "商业", "biz, economy, 经济"),
    ("finance", "财经", "financial, money, 金融"),
    ("stocks", "股票", "stock, 证券, 股市"),
    ("technology", "科技", "tech, sci/tech, sci tech, science/technology, it, 技术"),
    ("science", "科学", "sci"),
    ("politics", "政治", "political, 时政"),
    ("entertainment", "娱乐", "showbiz"),
    ("culture", "文化", "arts, art, 艺术"),
    ("health", "健康", "medicine, medical, 医疗"),
    ("education", "教育", "edu"),
    ("travel", "旅游", "tourism, 旅行"),
    ("military", "军事", "war"),
    ("cars", "汽车", "car, auto, autos, automobile"),
    ("housing", "房产", "house, real estate, home, 家居"),
    ("games", "游戏", "game, gaming, esports, 电竞"),
    ("agriculture", "农业", "farming, 三农"),
    ("stories", "故事", "story"),
    ("society", "社会", "social"),
    ("food", "美食", "cooking, 餐饮"),
    ("law", "法律", "legal, crime"),
    ("weather", "天气", ""),
    ("music", "音乐", ""),
    ("books", "图书", "book, 书籍"),
    ("movies", "电影", "movie, film, films"),
    ("religion", "宗教", ""),
    ("fashion", "时尚", "style"),
    ("history", "历史", ""),
)


def _turned(table: dict[str, str]) -> dict[str, str]:
    return {name.strip(): meaning for meaning, names in table.items() for name in names.split(",")}


MEANINGS = {
    "sentiment": _turned(SENTIMENT),
    "question": _turned(QUESTION),
    "subjectivity": _turned(SUBJECTIVITY),
    "yes_no": _turned(YES_NO),
    "topic": _turned({en: f"{en}, {zh}, {more or en}" for en, zh, more in TOPICS}),
}
TOPIC_WORDS = {
    "en": {en: en for en, _, _ in TOPICS},
    "zh": {en: zh for en, zh, _ in TOPICS},
}


def key(label: str) -> str:
    """A label as it is looked up: lower case, blanks for underscores and hyphens."""
    return " ".join(re.sub(r"[_\-\s]+", " ", label).casefold().split())


def readable(label: str) -> str:
    """A label as a word of a sentence: `card_arrival` and `CardArrival` become "card arrival".

    A label without letters (a number or a code) stays as it is, and so does an abbreviation.
    """
    bare = label.strip()
    if not any(c.isalpha() for c in bare):
        return bare
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", bare)
    words = re.sub(r"[_\-\s]+", " ", split).strip(" ?!.,;:")
    spoken = " ".join(w if w.isupper() and len(w) < 6 else w.lower() for w in words.split())
    return spoken or bare


def meaning(label: str, kind: str) -> str | None:
    """What a label means among those of `kind`, e.g. 好评 and "pos" both mean "positive"."""
    known = MEANINGS[kind]
    name = key(label)
    return known.get(name) or known.get(readable(label).casefold())
