"""Words that say too little to stand for a label, in English and Chinese."""

from __future__ import annotations

# Function words alone: words that lists for search engines add (bill, serious, system) make good
# label words, and so do yes, no and nothing.
_ENGLISH = """
a about above after again against all almost also although always am an and another any anyone
anything are around as at be became because become been before being below between both but by can
cannot could did do does doing down during each either else enough etc even ever every everyone
everything few for from further get gets getting go goes going got had has have having he hence her
here hers herself him himself his how however i if in into is it its itself just kind let like lot
made make makes many may maybe me might mine more most much must my myself neither nor not now of
off often on once one only onto or other others our ours ourselves out over own per perhaps quite
rather really same say says see seem seemed seems several shall she should since so some someone
something sort still such than that the their theirs them themselves then there these they thing
things this those though three through thus to together too toward towards two under until up upon
us very via was way we well were what whatever when where whether which while who whole whom whose
why will with within without would yet you your yours yourself
"""
_CHINESE = """
的 了 是 在 和 与 及 或 而 也 就 都 又 还 很 更 最 太 这 那 哪 其 之 以 于 为 被 把 对 从
到 向 由 我 你 他 她 它 们 您 自 己 谁 什 么 怎 个 些 种 着 过 地 得 吗 呢 吧 啊 呀 哦 所
因 但 却 若 如 则 并 且 等 只 会 能 可 要 将 已 再 才 让 给 比 一 二 三 上 下 中 里 内 外
前 后 这个 那个 一个 我们 你们 他们
自己 因为 所以 但是 如果 可以 就是 还是 没有 什么 怎么 这样 那样 非常 已经
"""
_KNOWN = frozenset((_ENGLISH + _CHINESE).split())


def is_stop_word(word: str) -> bool:
    """Whether a word, in whatever case, is a function word."""
    return word.strip().casefold() in _KNOWN
