"""scikit-learn: bench.py WORKLOAD THREADS; the threads are those of its BLAS, set from outside."""

import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import meter  # noqa: E402

RANDOM = np.random.default_rng(1)


def network(**options):
    return MLPClassifier((256, 128), batch_size=64, solver="adam", alpha=0.0, **options)


def samples(count):
    return RANDOM.standard_normal((count, 784), dtype=np.float32), RANDOM.integers(0, 10, count)


def w2():
    batches = [samples(64) for _ in range(16)]
    model = network(learning_rate_init=1e-6)
    model.partial_fit(*batches[0], classes=np.arange(10))
    at = 0

    def step():
        nonlocal at
        at = (at + 1) % len(batches)
        model.partial_fit(*batches[at])

    meter.rate("samples", 64, step)


def w7():
    model = network(learning_rate_init=1e-6)
    x, y = samples(64)
    model.partial_fit(x, y, classes=np.arange(10))
    row = x[:1]
    meter.latency(lambda: model.predict_proba(row))


def w8():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that one epoch is not enough
        network(max_iter=1).fit(*samples(6000))


if __name__ == "__main__":
    meter.peer("scikit-learn " + sklearn.__version__)
    globals()[sys.argv[1].lower()]()
    meter.memory()
