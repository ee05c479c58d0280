"""Chinese templates and label words, as plain data: (for causal models, cloze form, words)."""

from __future__ import annotations

from .bank_english import Words

_LIKED: Words = {
    "very positive": ("棒",),
    "positive": ("好",),
    "neutral": ("中",),
    "negative": ("差",),
    "very negative": ("烂",),
}
_NAMED: Words = {
    "very positive": ("非常正面",),
    "positive": ("正面",),
    "neutral": ("中性",),
    "negative": ("负面",),
    "very negative": ("非常负面",),
}
_HAPPY: Words = {
    "very positive": ("非常满意",),
    "positive": ("满意",),
    "neutral": ("一般",),
    "negative": ("失望",),
    "very negative": ("气愤",),
}
_YES: Words = {"yes": ("是",), "no": ("否",), "unknown": ("不知道",)}
_RIGHT: Words = {"yes": ("对",), "no": ("错",), "unknown": ("不知道",)}
_THERE: Words = {"yes": ("有",), "no": ("无",), "unknown": ("不知道",)}
_VIEW: Words = {"subjective": ("主观",), "objective": ("客观",)}
_OPINION: Words = {"subjective": ("观点",), "objective": ("事实",)}
_ASKED: Words = {
    "abbreviation": ("缩写",),
    "entity": ("事物",),
    "description": ("描述",),
    "human": ("人物",),
    "location": ("地点",),
    "number": ("数字",),
}
_OWN: Words = {}  # the labels' own names

SENTIMENT = (
    ("评论：{text}\n总的来说，很{mask}", "{text}总的来说很{mask}。", _LIKED),
    ("{text}\n总之，{mask}", "总之{mask}。{text}", _LIKED),
    ("{text}\n这次体验很{mask}", "{text}体验很{mask}。", _LIKED),
    ("{text}\n我觉得很{mask}", "{text}我觉得很{mask}。", _LIKED),
    ("评论：{text}\n情感：{mask}", "{text}情感是{mask}的。", _NAMED),
    ("{text}\n这段话的态度是{mask}", "{text}态度是{mask}的。", _NAMED),
    ("{text}\n作者的感受：{mask}", "{text}我很{mask}。", _HAPPY),
    ("{text}\n评价：{mask}", "{mask}评：{text}", _LIKED),
)
MOVIES = (("评论：{text}\n总的来说，这部电影很{mask}", "{text}这部电影很{mask}。", _LIKED),)
TOPIC = (
    ("新闻：{text}\n这篇新闻的主题是{mask}", "{text}这是关于{mask}的新闻。", _OWN),
    ("{text}\n主题：{mask}", "{text}主题是{mask}。", _OWN),
    ("{text}\n这段文字是关于{mask}", "{text}这是关于{mask}的。", _OWN),
    ("标题：{text}\n类别：{mask}", "{mask}新闻：{text}", _OWN),
    ("{text}\n分类：{mask}", "分类：{mask}。{text}", _OWN),
    ("文章：{text}\n所属栏目：{mask}", "{text}属于{mask}栏目。", _OWN),
    ("{text}\n标签：{mask}", "{text}标签是{mask}。", _OWN),
    ("{text}\n喜欢这篇文章的读者关心{mask}", "{text}更多{mask}内容。", _OWN),
)
INTENT = (
    ("{text}\n这句话是关于{mask}", "{text}这是关于{mask}的。", _OWN),
    ("用户：{text}\n意图：{mask}", "{text}意图是{mask}。", _OWN),
    ("客户：{text}\n客户想问的是{mask}", "{text}我想问{mask}。", _OWN),
    ("请求：{text}\n用户想要{mask}", "{text}我想要{mask}。", _OWN),
    ("问题：{text}\n问题类别：{mask}", "{text}问题类别是{mask}。", _OWN),
    ("{text}\n来信原因：{mask}", "{text}原因是{mask}。", _OWN),
    ("{text}\n应当按此处理：{mask}", "{text}请按{mask}处理。", _OWN),
    ("{text}\n工单类型：{mask}", "工单类型：{mask}。{text}", _OWN),
)
QUESTION = (
    ("问题：{text}\n这个问题问的是{mask}", "{text}问的是{mask}。", _ASKED),
    ("问题：{text}\n答案应该是{mask}", "{text}答案是{mask}。", _ASKED),
    ("{text}\n问题类型：{mask}", "{text}类型是{mask}。", _ASKED),
    ("{text}\n这是关于{mask}", "{text}这是关于{mask}的问题。", _ASKED),
    ("{text}\n想知道的是{mask}", "{text}我想知道{mask}。", _ASKED),
    ("{text}\n回答时要给出{mask}", "请给出{mask}。{text}", _ASKED),
    ("问：{text}\n答案类型：{mask}", "{text}答案类型是{mask}。", _ASKED),
    ("{text}\n分类：{mask}", "{mask}类问题：{text}", _ASKED),
)
SUBJECTIVITY = (
    ("{text}\n这句话是{mask}", "{text}这句话是{mask}的。", _VIEW),
    ("{text}\n上面的文字是{mask}", "{text}这是{mask}的。", _VIEW),
    ("{text}\n语气：{mask}", "{text}语气很{mask}。", _VIEW),
    ("{text}\n文风：{mask}", "{text}文风{mask}。", _VIEW),
    ("{text}\n这是{mask}", "{text}这是{mask}。", _OPINION),
    ("{text}\n观点还是事实？{mask}", "{text}这说的是{mask}。", _OPINION),
    ("句子：{text}\n性质：{mask}", "以下是{mask}：{text}", _OPINION),
    ("{text}\n这种说法很{mask}", "{text}说法很{mask}。", _VIEW),
)
YES_NO = (
    (
        "给定一个句子，判断其是否包含以下关键词：{关键词}\n句子：{text}\n答案：{mask}",
        "{text}这句话包含“{关键词}”吗？{mask}。",
        _YES,
    ),
    ("{text}\n答案：{mask}", "{text}答案：{mask}。", _YES),
    ("句子：{text}\n回答（是或否）：{mask}", "{text}回答：{mask}。", _YES),
    ("{text}\n对不对？{mask}", "{text}这是{mask}的。", _RIGHT),
    ("{text}\n这种说法是{mask}", "{text}这种说法是{mask}的。", _RIGHT),
    ("{text}\n有没有？{mask}", "{text}有没有？{mask}。", _THERE),
    ("{text}\n是否符合？{mask}", "{text}是否符合？{mask}。", _YES),
    ("文本：{text}\n判断：{mask}", "判断：{mask}。{text}", _YES),
)
GENERAL = (
    ("{text}\n这是{mask}", "{text}这是{mask}。", _OWN),
    ("{text}\n类别：{mask}", "{text}类别：{mask}。", _OWN),
    ("文本：{text}\n标签：{mask}", "{text}标签：{mask}。", _OWN),
    ("文本：{text}\n这段文字属于{mask}", "{text}这属于{mask}。", _OWN),
    ("{text}\n分类结果：{mask}", "分类结果：{mask}。{text}", _OWN),
    ("{text}\n用一个词概括：{mask}", "{text}一个词：{mask}。", _OWN),
    ("输入：{text}\n输出：{mask}", "{text}输出：{mask}。", _OWN),
    ("{text}\n最合适的描述是{mask}", "{mask}类：{text}", _OWN),
)
