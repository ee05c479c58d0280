"""English templates of the tasks beside classification, as plain data, best first.

`SEVERAL_LABELS` and `PAIR`: (for causal models, cloze form). The others have one form. `{text}` is
the text, `{question}` the question, `{second}` the second text of a pair, `{mask}` where the answer
or the label word goes.
"""

from __future__ import annotations

NONE_WORDS = ("none", "nothing", "other", "neither")

SEVERAL_LABELS = (
    ("{text}\nThis mentions {mask}", "{text} It mentions {mask}."),
    ("{text}\nThis text is about {mask}", "{text} This is about {mask}."),
    ("{text}\nLabels: {mask}", "{text} Labels: {mask}."),
    ("Text: {text}\nIt speaks of {mask}", "{text} It speaks of {mask}."),
    ("{text}\nTopics: {mask}", "{text} Topics: {mask}."),
    ("{text}\nWhat is said here concerns {mask}", "{text} It concerns {mask}."),
    ("{text}\nKeywords: {mask}", "Keywords: {mask}. {text}"),
    ("{text}\nAmong other things it has to do with {mask}", "{mask}: {text}"),
)
PAIR = (
    (
        "Text 1: {text}\nText 2: {second}\nHow the two are related: {mask}",
        "{text} {mask}, {second}",
    ),
    ("{text}\n{second}\nThese two texts are {mask}", "{text} {second} They are {mask}."),
    ("First: {text}\nSecond: {second}\nAnswer: {mask}", "{text} ? {mask}, {second}"),
    ('"{text}" and "{second}": {mask}', "{text} and {second}: {mask}."),
    ("{text}\n{second}\nLabel: {mask}", "{text} {second} Label: {mask}."),
    (
        "Sentence A: {text}\nSentence B: {second}\nA and B: {mask}",
        "A: {text} B: {second} A and B: {mask}.",
    ),
    ("{text}\nCompared with: {second}\nThis is {mask}", "{text} {second} This is {mask}."),
    ("Given: {text}\nThen: {second}\nVerdict: {mask}", "{text} Verdict: {mask}. {second}"),
)
TAGGING = (
    "{text}",
    "Names in this text: {text}",
    "Text: {text}",
    "Find the names of people, places and things: {text}",
    "Which words name something? {text}",
    "Mark the entities: {text}",
    "Entities of this sentence: {text}",
    "Read closely and look for names: {text}",
)
QUESTION_ANSWERING = (
    "{text}\nQuestion: {question}\nAnswer: {mask}",
    "Context: {text}\nQuestion: {question}\nAnswer: {mask}",
    "{text}\n\nQ: {question}\nA: {mask}",
    "Read the text and answer.\n{text}\nQuestion: {question}\nAnswer: {mask}",
    "{question}\n{text}\nThe answer is {mask}",
    "Passage: {text}\nAccording to the passage, {question}\n{mask}",
    "{text}\nIn the text above, {question} Answer: {mask}",
    "Question: {question}\nText: {text}\nShort answer: {mask}",
)
EXTRACTION = (
    "{text}\nQuestion: {question}\nAnswer: {mask}",
    "Text: {text}\n{question} {mask}",
    "{text}\n\nQ: {question}\nA: {mask}",
    "Take the facts from this text.\n{text}\n{question} {mask}",
    "{question}\n{text}\nAnswer: {mask}",
    "Document: {text}\nField: {question}\nValue: {mask}",
    "{text}\nAccording to this, {question} {mask}",
    "Record: {text}\n{question} Value: {mask}",
)
GENERATION = (
    "{text}\n{mask}",
    "Input: {text}\nOutput: {mask}",
    "{text}\nAnswer: {mask}",
    "{text}\nText: {mask}",
    "Source: {text}\nResult: {mask}",
    "{text}\nIn other words: {mask}",
    "Request: {text}\nReply: {mask}",
    "{text} => {mask}",
)
