"""The wording of the Chinese keyword sample: sentence frames, the keyword, near misses, topics."""

from __future__ import annotations

KEYWORD = "计算机编程"

# A frame holds {k} where the keyword or its stand-in goes. It is set before a real sentence,
# after its first comma, or after its end. No frame belongs to a class, and no frame of the test
# rows occurs in a training row.
TRAIN_FRAMES: dict[str, tuple[str, ...]] = {
    "start": (
        "他正在学习{k}，觉得很有意思。",
        "我刚开始学{k}，感觉有点难。",
        "妹妹在自学{k}，进步非常快。",
        "{k}课的阅读材料写道，",
        "学{k}的同学问我：",
        "为了练习{k}，我抄下一句：",
        "在{k}讲座上，有人提到：",
        "{k}教材的例句是：",
        "除了{k}，他还关心别的：",
        "不谈{k}，先看这一句：",
        "{k}考试的阅读题说，",
        "昨天的{k}作业摘录：",
        "{k}爱好者在留言中写道，",
        "据一本{k}入门书介绍，",
        "我们聊到{k}，又说起：",
        "从编程转到{k}之后，我读到：",
        "计算机课不等于{k}课，书上说，",
        "电脑程序组和{k}组都记下：",
    ),
    "middle": (
        "正如{k}老师所说",
        "据{k}杂志报道",
        "这与{k}无关",
        "我在{k}课上听过",
        "学过{k}的人都知道",
        "{k}论坛里有人补充",
        "先把{k}放在一边",
        "{k}网站也有介绍",
        "不同于{k}",
        "就像学习{k}一样",
        "喜欢{k}的小李说",
        "这是{k}以外的知识",
        "按照{k}讲义的说法",
        "编程书和{k}书都没提",
        "不是计算机而是{k}社团发现",
        "电脑课与{k}课都讲过",
    ),
    "end": (
        "这句话摘自一本{k}教材。",
        "我是在{k}课上读到的。",
        "这些内容与{k}没有关系。",
        "读完以后他又去学{k}了。",
        "小王把它写进了{k}笔记。",
        "这是{k}考试里的阅读题。",
        "讲{k}的老师也提过此事。",
        "她说这比{k}有趣得多。",
        "我更想了解{k}。",
        "于是他放弃了{k}。",
        "这就是{k}课的开场白。",
        "他一边查资料一边学{k}。",
        "后来他成了{k}老师。",
        "学完编程再学{k}也不迟。",
        "电脑程序课改名为{k}课了。",
        "他先学计算机后学{k}。",
    ),
}

TEST_FRAMES: dict[str, tuple[str, ...]] = {
    "start": (
        "姐姐最近迷上了{k}，非常开心。",
        "{k}班的黑板上写着：",
        "我翻开{k}手册，看到：",
        "有位{k}讲师举例说，",
        "聊完{k}，大家又谈起：",
        "学习计算机之前先学{k}，书里说，",
    ),
    "middle": (
        "参加{k}比赛的人说",
        "译自{k}期刊的文章说",
        "且不论{k}",
        "教{k}的朋友告诉我",
        "编程之外的{k}课也讲过",
    ),
    "end": (
        "我把它抄在{k}课本上。",
        "难怪他想改学{k}。",
        "这和{k}有什么关系呢？",
        "她每天晚上都练习{k}。",
        "比起电脑程序他更爱{k}。",
    ),
}

# Pieces of the keyword, its neighbours and its look-alikes: everything a lazy model falls for.
# Their lengths average about five characters, the keyword's own length.
NEAR_MISSES: tuple[str, ...] = (
    "计算机",
    "编程",
    "电脑程序",
    "程序设计",
    "编程语言",
    "手机编程",
    "计算机科学",
    "计算机网络",
    "计算机工程",
    "编程计算机",
    "计算器编程",
    "计算机编码",
    "计算机课程",
    "计算机程序",
    "计算机与编程",
    "编程和计算机",
    "面向对象编程",
    "计算机的编程",
    "计算机辅助编程",
    "计算机网络编程",
)

# Negatives without any near miss, in the same frames.
TOPICS: tuple[str, ...] = (
    "书法",
    "网球运动",
    "有机化学",
    "天文观测",
    "古典音乐",
    "西方经济学",
    "水墨画创作",
    "现代文学史",
    "家庭园艺学",
    "城市建筑设计",
    "传统中医理论",
    "海洋生物研究",
)
