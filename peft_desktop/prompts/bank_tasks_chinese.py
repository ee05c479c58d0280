"""Chinese templates of the tasks beside classification, as in `bank_tasks_english`."""

from __future__ import annotations

NONE_WORDS = ("无", "没有", "其他", "都不是")

SEVERAL_LABELS = (
    ("{text}\n这段话提到了{mask}", "{text}提到了{mask}。"),
    ("{text}\n这段文字是关于{mask}", "{text}这是关于{mask}的。"),
    ("{text}\n标签：{mask}", "{text}标签：{mask}。"),
    ("文本：{text}\n其中谈到{mask}", "{text}其中谈到{mask}。"),
    ("{text}\n主题：{mask}", "{text}主题有{mask}。"),
    ("{text}\n所说的内容涉及{mask}", "{text}涉及{mask}。"),
    ("{text}\n关键词：{mask}", "关键词：{mask}。{text}"),
    ("{text}\n除此之外还与{mask}", "{mask}：{text}"),
)
PAIR = (
    ("句子一：{text}\n句子二：{second}\n两句的关系：{mask}", "{text}{mask}，{second}"),
    ("{text}\n{second}\n这两段话{mask}", "{text}{second}这两段话{mask}。"),
    ("第一句：{text}\n第二句：{second}\n答案：{mask}", "{text}？{mask}，{second}"),
    ("“{text}”和“{second}”：{mask}", "{text}和{second}：{mask}。"),
    ("{text}\n{second}\n标签：{mask}", "{text}{second}标签：{mask}。"),
    ("甲：{text}\n乙：{second}\n甲和乙{mask}", "甲：{text}乙：{second}甲和乙{mask}。"),
    ("{text}\n与之相比：{second}\n这是{mask}", "{text}{second}这是{mask}。"),
    ("前提：{text}\n结论：{second}\n判断：{mask}", "{text}判断：{mask}。{second}"),
)
TAGGING = (
    "{text}",
    "下面文字里的名称：{text}",
    "文本：{text}",
    "找出人名、地名和机构名：{text}",
    "哪些词是名称？{text}",
    "标出实体：{text}",
    "这句话中的实体：{text}",
    "仔细阅读，寻找名称：{text}",
)
QUESTION_ANSWERING = (
    "{text}\n问题：{question}\n答案：{mask}",
    "材料：{text}\n问题：{question}\n答案：{mask}",
    "{text}\n\n问：{question}\n答：{mask}",
    "阅读材料，回答问题。\n{text}\n问题：{question}\n答案：{mask}",
    "{question}\n{text}\n答案是{mask}",
    "文章：{text}\n根据文章，{question}\n{mask}",
    "{text}\n上文中，{question}答案：{mask}",
    "问题：{question}\n原文：{text}\n简短回答：{mask}",
)
EXTRACTION = (
    "{text}\n问题：{question}\n答案：{mask}",
    "文本：{text}\n{question}{mask}",
    "{text}\n\n问：{question}\n答：{mask}",
    "从下面的文字中找出信息。\n{text}\n{question}{mask}",
    "{question}\n{text}\n答案：{mask}",
    "文档：{text}\n字段：{question}\n值：{mask}",
    "{text}\n据此，{question}{mask}",
    "记录：{text}\n{question}值：{mask}",
)
GENERATION = (
    "{text}\n{mask}",
    "输入：{text}\n输出：{mask}",
    "{text}\n回答：{mask}",
    "{text}\n文本：{mask}",
    "原文：{text}\n结果：{mask}",
    "{text}\n换句话说：{mask}",
    "请求：{text}\n回复：{mask}",
    "{text} => {mask}",
)
