"""What each metric measures, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QObject

LOWER_IS_BETTER = frozenset({"log_loss", "hamming_loss", "loss", "perplexity", "brier", "ece"})


class MetricWords(QObject):
    """`about(name)` in the language in force; "" for a metric that nobody has described."""

    def about(self, name: str) -> str:
        known = {
            "accuracy": self.tr("Accuracy: the share of rows that are right, 0 to 1."),
            "macro_f1": self.tr(
                "Macro F1: F1 (between precision and recall) of each label, averaged, 0 to 1; "
                "small classes count as much as large ones."
            ),
            "balanced_accuracy": self.tr(
                "Balanced accuracy: the share found of each label (recall), averaged, 0 to 1."
            ),
            "log_loss": self.tr(
                "Log loss: how wrong the probabilities are; 0 is perfect, being sure and wrong "
                "costs most."
            ),
            "mcc": self.tr(
                "Matthews' correlation between labels and answers, -1 to 1; 0 is guessing. It is "
                "high only where all labels are answered well."
            ),
            "kappa": self.tr(
                "Cohen's kappa: how much more is right than chance alone would give, 1 at most; 0 "
                "is chance."
            ),
            "brier": self.tr(
                "Brier score: the squared distance between probabilities and truth; 0 is perfect."
            ),
            "ece": self.tr(
                "Calibration error: how far the probabilities lie from how often they are right, "
                "on average; 0 is perfect."
            ),
            "roc_auc": self.tr(
                "Area under the ROC curve: how often a row of a label gets a higher score for it "
                "than a row of another, the mean over the labels; 0.5 is guessing."
            ),
            "pr_auc": self.tr(
                "Area under the precision-recall curve: the mean precision while finding all rows "
                "of a label, the mean over the labels."
            ),
            "micro_f1": self.tr(
                "Micro F1: F1 over all the labels given together, 0 to 1; common ones count most."
            ),
            "entity_f1": self.tr(
                "Entity F1: between precision and recall; an entity counts only when bounds and "
                "type are exactly right, 0 to 1."
            ),
            "entity_precision": self.tr(
                "Precision: the share of the entities found that are right, 0 to 1."
            ),
            "entity_recall": self.tr(
                "Recall: the share of the entities in the data that were found, 0 to 1."
            ),
            "token_f1": self.tr(
                "Token F1: the words (in Chinese: characters) that answer and gold have in "
                "common, between precision and recall, 0 to 1."
            ),
            "answerable_token_f1": self.tr(
                "Token F1 of the questions that have an answer in their text, 0 to 1."
            ),
            "no_answer_accuracy": self.tr(
                "Of the questions without an answer in their text, the share that got none, 0 to 1."
            ),
            "type_f1": self.tr(
                "F1 by type: an entity counts when its type is right and its bounds meet, 0 to 1."
            ),
            "partial_f1": self.tr(
                "F1, partial: bounds that only meet count half, whatever the type, 0 to 1."
            ),
            "exact_match": self.tr(
                "Exact match: the share of rows whose whole answer is right, 0 to 1."
            ),
            "hamming_loss": self.tr(
                "Hamming loss: the share of all yes-no decisions that are wrong; 0 is perfect."
            ),
            "bleu": self.tr("BLEU: how many runs of one to four words the target shares, 0 to 1."),
            "rouge_l": self.tr(
                "ROUGE-L: the longest run of words in the target's order, gaps allowed; 0 to 1."
            ),
            "chrf": self.tr(
                "chrF: runs of characters in common with the target, 0 to 1; good for Chinese and "
                "for endings of words."
            ),
        }
        return known.get(name, "")
