"""Words that say the same as a label word: common ones first, which most tokenizers read whole."""

from __future__ import annotations

from functools import cache

# one meaning a line; any two labels of one question have different lines
_GROUPS = """
great, good, positive, excellent, wonderful, amazing, nice, happy, best
terrible, bad, negative, awful, horrible, poor, sad, worst
okay, neutral, average, fine, mixed, normal
yes, true, right, correct, sure
no, false, wrong, incorrect, never
maybe, perhaps, unknown, unclear, possibly
sports, sport, football, athletics, games
business, economy, economic, trade, market, companies, commercial
finance, money, banking, financial, stocks
technology, tech, computers, computer, software, digital, technological
science, research, scientific, physics
world, international, global, foreign
politics, political, government, election
entertainment, movies, film, celebrity, show
culture, art, arts, music
health, medical, medicine, doctor
education, school, teaching, learning
travel, tourism, trip, holiday
military, army, war, defense
cars, car, vehicles, driving
housing, house, home, property
food, cooking, eating, restaurant
law, legal, court, crime
weather, climate, rain
history, historical, past
religion, religious, church, faith
fashion, style, clothing
person, human, people, who, someone
place, location, where, city, country
number, quantity, count, amount, how
thing, entity, object, something, what
description, definition, meaning, explanation, about
abbreviation, short, letters, acronym
opinion, subjective, personal, feeling, view
fact, objective, factual, news, information
spam, junk, advertising, fraud
ham, normal, genuine, mail
angry, anger, furious, mad
joy, happy, glad, fun
fear, afraid, scared
love, loving, affection
surprise, surprised, unexpected
好, 正面, 积极, 优秀, 喜欢, 满意, 棒, 赞
差, 坏, 负面, 消极, 糟, 失望, 烂
中性, 中立, 一般, 平
是, 对, 有, 正确, 真
否, 不, 错, 无, 没, 错误, 假
体育, 运动, 足球, 球
商业, 经济, 贸易, 市场, 商
财经, 金融, 钱, 银行
科技, 技术, 电脑, 数码
科学, 研究
国际, 世界, 外国, 全球
政治, 时政, 政府
娱乐, 电影, 明星
文化, 艺术
健康, 医疗, 医
教育, 学校, 学习, 学
旅游, 旅行, 游
军事, 军队, 战争, 军
汽车, 车
房产, 房子, 房, 家居
美食, 食物, 吃, 餐饮
法律, 法
游戏, 电竞
股票, 股市, 证券, 股
农业, 农, 农村
故事, 小说
人, 人物, 谁
地点, 地方, 地, 位置
数字, 数, 数量
事物, 实体, 物
描述, 定义, 说明
缩写, 简称
主观, 观点, 感觉
客观, 事实
"""


@cache
def _known() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _GROUPS.strip().splitlines():
        words = tuple(word.strip() for word in line.split(","))
        for word in words:
            found.setdefault(word, words)
    return found


def synonyms(word: str) -> tuple[str, ...]:
    """Other words of the same meaning, most common first; none for a word that is not known."""
    bare = word.strip().casefold()
    return tuple(other for other in _known().get(bare, ()) if other != bare)
