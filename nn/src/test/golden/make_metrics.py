#!/usr/bin/env python3
"""Makes nn/src/test/resources/golden/metrics.json: what scikit-learn says of random predictions,
with ties, with classes that are never predicted, and with such as never occur.

    apt-get install python3-sklearn
    /usr/bin/python3 nn/src/test/golden/make_metrics.py

A ratio whose denominator is zero is 0 (scikit-learn's zero_division).
"""

import json
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

warnings.simplefilter("ignore")
TARGET = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden" / "metrics.json"
MADE = f"nn/src/test/golden/make_metrics.py with scikit-learn {sklearn.__version__}"


def tensor(t):
    t = np.asarray(t, dtype=float)
    return {"shape": list(t.shape), "values": [float(v) for v in t.ravel()]}


def case(name, inputs, outputs):
    return {"name": name, "options": {}, "inputs": {k: tensor(v) for k, v in inputs.items()},
            "outputs": {k: tensor(v) for k, v in outputs.items()}}


def classes(name, rng, samples, count, never, absent):
    labels = rng.integers(0, count, samples)
    labels = np.where(np.isin(labels, absent), (max(absent, default=0) + 1) % count, labels)
    scores = np.round(rng.dirichlet(np.ones(count), samples) + 0.3 * np.eye(count)[labels], 1)
    scores[:, never] = 0
    scores = scores / scores.sum(1, keepdims=True)
    predicted = scores.argmax(1)
    every = list(range(count))
    average = lambda f, how: f(labels, predicted, average=how, zero_division=0)
    each = lambda f: f(labels, predicted, average=None, labels=every, zero_division=0)
    return case(name, {"labels": labels, "scores": scores}, {
        "confusion": m.confusion_matrix(labels, predicted, labels=every),
        "accuracy": m.accuracy_score(labels, predicted),
        "balanced": m.balanced_accuracy_score(labels, predicted),
        "precision": each(m.precision_score), "recall": each(m.recall_score), "f1": each(m.f1_score),
        "macroPrecision": average(m.precision_score, "macro"), "macroRecall": average(m.recall_score, "macro"),
        "macroF1": average(m.f1_score, "macro"), "microF1": average(m.f1_score, "micro"),
        "weightedF1": average(m.f1_score, "weighted"),
        "logLoss": m.log_loss(labels, np.clip(scores, 1e-15, 1), labels=every) if not never else
        float(np.mean(-np.log(np.maximum(scores[np.arange(samples), labels], 1e-15))))})


def binary(name, rng, samples, digits, part):
    positive = (rng.random(samples) < part).astype(int)
    positive[0], positive[1] = 0, 1
    scores = np.round(rng.normal(size=samples) + positive, digits)
    return case(name, {"positive": positive, "scores": scores},
                {"roc": m.roc_auc_score(positive, scores), "pr": m.average_precision_score(positive, scores)})


def numbers(name, rng, samples, noise):
    t = rng.normal(3, 2, samples)
    y = t + noise * rng.normal(size=samples)
    return case(name, {"t": t, "y": y}, {
        "mae": m.mean_absolute_error(t, y), "rmse": m.mean_squared_error(t, y) ** 0.5, "r2": m.r2_score(t, y)})


def distinct(name, rng, samples, count, k):
    """Without ties, about which scikit-learn says nothing here."""
    labels = rng.permutation(np.arange(samples) % count)
    scores = rng.normal(size=(samples, count))
    return case(name, {"labels": labels, "scores": scores, "k": k},
                {"topK": m.top_k_accuracy_score(labels, scores, k=k, labels=list(range(count)))})


rng = np.random.default_rng(5)
cases = [
    classes("classes: three", rng, 40, 3, [], []),
    classes("classes: two", rng, 25, 2, [], []),
    classes("classes: one never predicted", rng, 60, 5, [2], []),
    classes("classes: one that never occurs", rng, 60, 4, [], [1]),
    classes("classes: one that never occurs and is never predicted", rng, 60, 4, [1], [1]),
    binary("binary: no ties", rng, 50, 12, 0.5),
    binary("binary: many ties", rng, 80, 0, 0.3),
    binary("binary: few positives", rng, 200, 1, 0.03),
    numbers("numbers: near", rng, 30, 0.3),
    numbers("numbers: worse than the mean", rng, 30, 9),
    distinct("topK: 1", rng, 50, 6, 1),
    distinct("topK: 3", rng, 50, 6, 3),
]
TARGET.write_text('{"made": %s, "cases": [\n%s\n]}\n' % (json.dumps(MADE), ",\n".join(map(json.dumps, cases))))
