"""English templates and label words, as plain data: (for causal models, cloze form, words)."""

from __future__ import annotations

Words = dict[str, tuple[str, ...]]

_LIKED: Words = {
    "very positive": ("wonderful",),
    "positive": ("great",),
    "neutral": ("okay",),
    "negative": ("terrible",),
    "very negative": ("horrible",),
}
_GOOD: Words = {
    "very positive": ("excellent",),
    "positive": ("good",),
    "neutral": ("average",),
    "negative": ("bad",),
    "very negative": ("awful",),
}
_NAMED: Words = {
    "very positive": ("enthusiastic",),
    "positive": ("positive",),
    "neutral": ("neutral",),
    "negative": ("negative",),
    "very negative": ("hostile",),
}
_YES: Words = {"yes": ("yes",), "no": ("no",), "unknown": ("maybe",)}
_TRUE: Words = {"yes": ("true",), "no": ("false",), "unknown": ("unclear",)}
_RIGHT: Words = {"yes": ("right",), "no": ("wrong",), "unknown": ("unclear",)}
_VIEW: Words = {"subjective": ("subjective",), "objective": ("objective",)}
_OPINION: Words = {"subjective": ("opinion",), "objective": ("fact",)}
_PERSONAL: Words = {"subjective": ("personal",), "objective": ("factual",)}
_ASKED: Words = {
    "abbreviation": ("abbreviation",),
    "entity": ("entity",),
    "description": ("description",),
    "human": ("human",),
    "location": ("location",),
    "number": ("number",),
}
_WANTED: Words = {
    "abbreviation": ("expression",),
    "entity": ("thing",),
    "description": ("explanation",),
    "human": ("person",),
    "location": ("place",),
    "number": ("number",),
}
_OWN: Words = {}  # the labels' own names

# In order of preference; films, topics and subjectivity begin with templates that were measured
# on a small causal model.
SENTIMENT = (
    ("Review: {text}\nOverall, it was {mask}", "{text} It was {mask}.", _LIKED),
    ("{text}\nAll in all, it was {mask}", "{text} All in all, it was {mask}.", _LIKED),
    ("{text}\nThe experience was {mask}", "{text} The experience was {mask}.", _LIKED),
    ("Review: {text}\nSentiment: {mask}", "{text} The sentiment is {mask}.", _NAMED),
    ("{text}\nThe opinion in this text is {mask}", "{text} A {mask} opinion.", _NAMED),
    ("{text}\nIn short, it is {mask}", "In short, it is {mask}. {text}", _GOOD),
    ("{text}\nThe writer thinks that this is {mask}", "{text} I think it is {mask}.", _GOOD),
    ("{text}\nThis was simply {mask}", "{text} Simply {mask}!", _LIKED),
    ("{text}\nMy verdict: {mask}", "My verdict: {mask}. {text}", _GOOD),
)
MOVIES = (
    ("Review: {text}\nOverall, the movie was {mask}", "{text} The movie was {mask}.", _LIKED),
)
TOPIC = (
    (
        "Article: {text}\nThe topic of this article is {mask}",
        "{text} This is about {mask}.",
        _OWN,
    ),
    ("{text}\nTopic: {mask}", "{text} The topic is {mask}.", _OWN),
    ("{text}\nThis text is about {mask}", "{text} This text is about {mask}.", _OWN),
    ("News: {text}\nSection: {mask}", "[ {mask} ] {text}", _OWN),
    ("{text}\nCategory: {mask}", "Category: {mask}. {text}", _OWN),
    ("Headline: {text}\nThis belongs in the section {mask}", "{mask} news: {text}", _OWN),
    ("{text}\nReaders interested in this like {mask}", "{text} Read more about {mask}.", _OWN),
    ("{text}\nTags: {mask}", "{text} Tag: {mask}.", _OWN),
)
INTENT = (
    ("{text}\nThis is about {mask}", "{text} This is about {mask}.", _OWN),
    ("Customer: {text}\nThe customer asks about {mask}", "{text} I ask about {mask}.", _OWN),
    ("User: {text}\nIntent: {mask}", "{text} The intent is {mask}.", _OWN),
    ("Request: {text}\nWhat the user wants: {mask}", "{text} I want this: {mask}.", _OWN),
    ("Message: {text}\nReason for writing: {mask}", "{text} The reason is {mask}.", _OWN),
    ("Question: {text}\nSubject: {mask}", "Subject: {mask}. {text}", _OWN),
    ("{text}\nThis should be handled as: {mask}", "{text} This is a case of {mask}.", _OWN),
    ("{text}\nTicket category: {mask}", "{text} The ticket is about {mask}.", _OWN),
)
QUESTION = (
    (
        "Question: {text}\nThe answer to this question is a {mask}",
        "{text} The answer is a {mask}.",
        _WANTED,
    ),
    ("{text}\nThis question asks about a {mask}", "{text} This asks about a {mask}.", _WANTED),
    ("{text}\nThe question is about a {mask}", "{text} It is about a {mask}.", _ASKED),
    ("Question: {text}\nExpected answer: {mask}", "{text} Expected answer: {mask}.", _ASKED),
    ("Question: {text}\nType: {mask}", "{text} Type: {mask}.", _ASKED),
    ("{text}\nI am looking for a {mask}", "{text} I look for a {mask}.", _WANTED),
    ("Q: {text}\nA: (a {mask}", "{mask}: {text}", _ASKED),
    ("{text}\nTo answer, name a {mask}", "Name a {mask}. {text}", _WANTED),
)
SUBJECTIVITY = (
    ("{text}\nThis sentence is {mask}", "{text} This is {mask}.", _VIEW),
    ("{text}\nThe text above is {mask}", "{text} The text is {mask}.", _VIEW),
    ("{text}\nThis is a statement of {mask}", "{text} That is {mask}.", _OPINION),
    ("Sentence: {text}\nOpinion or fact? {mask}", "{text} It is a {mask}.", _OPINION),
    ("{text}\nThe tone is {mask}", "{text} The tone is {mask}.", _PERSONAL),
    ("{text}\nThe writing is {mask}", "{text} The writing is {mask}.", _PERSONAL),
    ("{text}\nStyle: {mask}", "{text} Style: {mask}.", _VIEW),
    ("{text}\nThis reads like {mask}", "{mask}: {text}", _OPINION),
)
YES_NO = (
    (
        'Sentence: {text}\nDoes it contain the keyword "{keyword}"? {mask}',
        "{text} Does it mention {keyword}? {mask}.",
        _YES,
    ),
    ("{text}\nAnswer (yes or no): {mask}", "{text} The answer is {mask}.", _YES),
    ("{text}\nAnswer: {mask}", "{text} Answer: {mask}.", _YES),
    ("{text}\nTrue or false? {mask}", "{text} This is {mask}.", _TRUE),
    ("{text}\nThis is {mask}", "{text} It is {mask}.", _TRUE),
    ("{text}\nThat is {mask}", "{text} That is {mask}.", _RIGHT),
    ("Text: {text}\nDoes it match? {mask}", "{text} Does it match? {mask}.", _YES),
    ("Text: {text}\nIs it so? {mask}", "Is it so? {mask}. {text}", _YES),
)
GENERAL = (
    ("{text}\nThis is {mask}", "{text} This is {mask}.", _OWN),
    ("{text}\nLabel: {mask}", "{text} Label: {mask}.", _OWN),
    ("{text}\nCategory: {mask}", "{text} Category: {mask}.", _OWN),
    ("Text: {text}\nThis text belongs to {mask}", "{text} This belongs to {mask}.", _OWN),
    ("Text: {text}\nClass: {mask}", "Class: {mask}. {text}", _OWN),
    ("{text}\nThe best description of this text is {mask}", "{mask}: {text}", _OWN),
    ("{text}\nIn one word: {mask}", "{text} In one word: {mask}.", _OWN),
    ("Input: {text}\nOutput: {mask}", "{text} Output: {mask}.", _OWN),
)
