#!/usr/bin/env python3
"""Makes the golden values in nn/src/test/resources/golden: what PyTorch, or NumPy by the
formula of a paper, computes for layers, losses, optimizers and schedules.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install torch numpy
    /tmp/golden/bin/python nn/src/test/golden/make_golden.py

Everything is in float64, all seeds are fixed, and the versions used are written into each
file's "made". The schema is that of core/src/test/golden/make_golden.py. PyTorch's images
and sequences have channels first, and its kernels outputs first; they are turned round here.

optimizers.json: "inputs" has w and the gradients of ten steps, g [10, ...]; "outputs" has
w after each of them. Lion is not in PyTorch: by the program of the paper (Chen et al., 2023,
algorithm 2).

schedules.json: "outputs" has the factor of each step, from the schedulers of PyTorch on an
optimizer with rate 1; inverse time and the warm-up by their formulas.
"""

import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

TARGET = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
MADE = (f"nn/src/test/golden/make_golden.py with NumPy {np.__version__} and "
        f"PyTorch {torch.__version__}, float64")


def tensor(t):
    t = np.asarray(t.detach() if isinstance(t, torch.Tensor) else t, dtype=float)
    return {"shape": list(t.shape), "values": [float(v) for v in t.ravel()]}


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = '{"made": %s, "cases": [\n%s\n]}\n' % (json.dumps(MADE), lines)
    (TARGET / name).write_text(text)


def case(name, options, inputs, outputs, gradients=None):
    made = {"name": name, "options": options,
            "inputs": {k: tensor(v) for k, v in inputs.items()},
            "outputs": {k: tensor(v) for k, v in outputs.items()}}
    if gradients is not None:
        made["gradients"] = {k: tensor(v) for k, v in gradients.items()}
    return made


def rounded(rng, *shape):
    return torch.tensor(np.round(rng.standard_normal(shape), 3))


# ---------------------------------------------------------------- layers

def layer(name, options, inputs, apply, integers=()):
    """Outputs, and gradients of sum(y * c), c being given as an input too."""
    leaves = {k: (v.clone() if k in integers else v.clone().requires_grad_()) for k, v in inputs.items()}
    y = apply(**leaves)
    c = rounded(np.random.default_rng(99), *y.shape)
    (y * c).sum().backward()
    gradients = {k: v.grad for k, v in leaves.items() if k not in integers}
    return case(name, options, {**inputs, "c": c}, {"y": y}, gradients)


def last(x):
    return x.movedim(1, -1)


def first(x):
    return x.movedim(-1, 1)


def layers():
    rng = np.random.default_rng(1)
    r = lambda *shape: rounded(rng, *shape)
    cases = [
        layer("dense", {"inputs": 4, "outputs": 3}, {"x": r(5, 4), "weight": r(3, 4), "bias": r(3)},
              lambda x, weight, bias: F.linear(x, weight, bias)),
        layer("dense of a sequence", {"inputs": 4, "outputs": 3},
              {"x": r(2, 5, 4), "weight": r(3, 4), "bias": r(3)},
              lambda x, weight, bias: F.linear(x, weight, bias)),
        layer("embedding", {"count": 6, "width": 3},
              {"x": torch.tensor([[1, 5, 0], [2, 2, 4]]), "weight": r(6, 3)},
              lambda x, weight: F.embedding(x, weight), integers=("x",)),
        layer("conv1d", {"inputs": 3, "outputs": 4, "window": 3},
              {"x": r(2, 7, 3), "weight": r(3, 3, 4), "bias": r(4)},
              lambda x, weight, bias: last(F.conv1d(first(x), weight.permute(2, 1, 0), bias, padding=1))),
        layer("conv2d", {"inputs": 2, "outputs": 4, "window": 3},
              {"x": r(2, 5, 6, 2), "weight": r(3, 3, 2, 4), "bias": r(4)},
              lambda x, weight, bias: last(F.conv2d(first(x), weight.permute(3, 2, 0, 1), bias, padding=1))),
        layer("conv2d with stride 2, padding 1", {"inputs": 2, "outputs": 4, "window": 3},
              {"x": r(2, 5, 6, 2), "weight": r(3, 3, 2, 4), "bias": r(4)},
              lambda x, weight, bias: last(F.conv2d(first(x), weight.permute(3, 2, 0, 1), bias, stride=2, padding=1))),
        layer("conv2d in 2 groups", {"inputs": 4, "outputs": 6, "window": 2},
              {"x": r(2, 4, 4, 4), "weight": r(2, 2, 2, 6), "bias": r(6)},
              lambda x, weight, bias: last(F.conv2d(first(x), weight.permute(3, 2, 0, 1), bias, groups=2))),
        layer("convTranspose2d", {"inputs": 3, "outputs": 2, "window": 2},
              {"x": r(2, 3, 4, 3), "weight": r(2, 2, 2, 3), "bias": r(2)},
              lambda x, weight, bias: last(F.conv_transpose2d(first(x), weight.permute(3, 2, 0, 1), bias, stride=2))),
        layer("maxPool", {}, {"x": r(2, 6, 4, 3)}, lambda x: last(F.max_pool2d(first(x), 2))),
        layer("averagePool", {}, {"x": r(2, 6, 4, 3)}, lambda x: last(F.avg_pool2d(first(x), 2))),
        layer("globalPool average", {}, {"x": r(2, 6, 4, 3)}, lambda x: F.adaptive_avg_pool2d(first(x), 1)[:, :, 0, 0]),
        layer("globalPool max", {}, {"x": r(2, 6, 4, 3)}, lambda x: F.adaptive_max_pool2d(first(x), 1)[:, :, 0, 0]),
        layer("layerNorm", {}, {"x": r(3, 4, 6), "weight": r(6), "bias": r(6)},
              lambda x, weight, bias: F.layer_norm(x, [6], weight, bias)),
        layer("rmsNorm", {}, {"x": r(3, 4, 6), "weight": r(6)},
              lambda x, weight: F.rms_norm(x, [6], weight, eps=1e-6)),
        layer("groupNorm", {"groups": 2}, {"x": r(3, 4, 5, 6), "weight": r(6), "bias": r(6)},
              lambda x, weight, bias: last(F.group_norm(first(x), 2, weight, bias))),
    ]
    # Three batches in training, one after the other, then one in inference.
    x, weight, bias = r(4, 6, 3), r(3), r(3)
    norm = torch.nn.BatchNorm1d(3)
    with torch.no_grad():
        norm.weight.copy_(weight)
        norm.bias.copy_(bias)
        outputs = [norm(x[i]) for i in range(3)]
        norm.eval()
        outputs.append(norm(x[3]))
    cases.append(case("batchNorm", {}, {"x": x, "weight": weight, "bias": bias},
                      {"y": torch.stack(outputs), "mean": norm.running_mean, "variance": norm.running_var}))
    write("layers.json", cases)


# ---------------------------------------------------------------- losses

def loss(name, options, y, t, each, mean=None):
    """Each sample's loss, their mean, and its gradient."""
    y = y.clone().requires_grad_()
    values = each(y, t)
    total = values.mean() if mean is None else mean(y, t)
    total.backward()
    return case(name, options, {"y": y, "t": t}, {"each": values, "mean": total}, {"y": y.grad})


def losses():
    rng = np.random.default_rng(2)
    r = lambda *shape: rounded(rng, *shape)
    u = lambda *shape: torch.tensor(np.round(rng.uniform(0.02, 0.98, shape), 3))
    y, t = r(5, 3), r(5, 3)
    row = lambda values: values.mean(-1)
    k = torch.tensor([2, 0, 3, 1, 3, 0])
    logits = r(6, 4)
    probabilities = F.softmax(r(6, 4), -1)
    weights = torch.tensor([0.5, 2.0, 1.0, 3.0])
    signs = torch.tensor(np.sign(rng.standard_normal((5, 3))))
    ce = lambda **kw: (lambda y, t: F.cross_entropy(y, t, reduction="none", **kw),
                       lambda y, t: F.cross_entropy(y, t, **kw))
    cases = [
        loss("meanSquaredError", {}, y, t, lambda y, t: row((y - t) ** 2), F.mse_loss),
        loss("meanAbsoluteError", {}, y, t, lambda y, t: row(F.l1_loss(y, t, reduction="none")), F.l1_loss),
        loss("huber", {"delta": 0.7}, y, t,
             lambda y, t: row(F.huber_loss(y, t, reduction="none", delta=0.7)),
             lambda y, t: F.huber_loss(y, t, delta=0.7)),
        loss("binaryCrossEntropy", {}, u(5, 3), u(5, 3),
             lambda y, t: row(F.binary_cross_entropy(y, t, reduction="none")), F.binary_cross_entropy),
        loss("binaryCrossEntropyFromLogits", {}, 4 * y, u(5, 3),
             lambda y, t: row(F.binary_cross_entropy_with_logits(y, t, reduction="none")),
             F.binary_cross_entropy_with_logits),
        loss("hinge", {}, y, signs, lambda y, t: row(torch.clamp(1 - t * y, min=0))),
        loss("crossEntropy", {}, logits, k, *ce()),
        loss("crossEntropy", {"smoothing": 0.1}, logits, k, *ce(label_smoothing=0.1)),
        loss("crossEntropy", {"weights": weights.tolist()}, logits, k, *ce(weight=weights)),
        loss("crossEntropy", {"smoothing": 0.2, "weights": weights.tolist()}, logits, k,
             *ce(weight=weights, label_smoothing=0.2)),
        loss("crossEntropy", {"distributions": True}, logits, probabilities, *ce()),
        loss("crossEntropy", {"distributions": True, "smoothing": 0.1}, logits, probabilities,
             *ce(label_smoothing=0.1)),
        loss("crossEntropy", {"distributions": True, "weights": weights.tolist()}, logits, probabilities,
             *ce(weight=weights)),
        loss("negativeLogLikelihood", {}, F.log_softmax(logits, -1), k,
             lambda y, t: F.nll_loss(y, t, reduction="none"), F.nll_loss),
        loss("multiClassHinge", {}, logits, k,
             lambda y, t: F.multi_margin_loss(y, t, reduction="none"), F.multi_margin_loss),
        loss("klDivergence", {}, F.log_softmax(logits, -1), probabilities,
             lambda y, t: F.kl_div(y, t, reduction="none").sum(-1),
             lambda y, t: F.kl_div(y, t, reduction="batchmean")),
        loss("cosine", {}, y, t, lambda y, t: 1 - F.cosine_similarity(y, t, dim=-1)),
        loss("crossEntropy of a sequence", {}, r(2, 3, 4), torch.tensor([[0, 3, 2], [1, 1, 0]]),
             lambda y, t: F.cross_entropy(y.movedim(-1, 1), t, reduction="none"),
             lambda y, t: F.cross_entropy(y.movedim(-1, 1), t)),
    ]
    write("losses.json", cases)


# ---------------------------------------------------------------- optimizers

def lion(w, gradients, rate, decay, beta1=0.9, beta2=0.99):
    m, after = np.zeros_like(w), []
    for g in gradients:
        update = np.sign(beta1 * m + (1 - beta1) * g)
        w = w - rate * (update + decay * w)
        m = beta2 * m + (1 - beta2) * g
        after.append(w)
    return np.stack(after)


def optimizers():
    rng = np.random.default_rng(3)
    w = np.round(rng.standard_normal((2, 3)), 3)
    gradients = np.round(rng.standard_normal((10, 2, 3)) * np.array([1, 0.01, 100]), 4)
    gradients[4] = 0
    cases = []

    def run(name, options, make):
        p = torch.nn.Parameter(torch.tensor(w))
        optimizer = make([p])
        after = []
        for g in gradients:
            p.grad = torch.tensor(g)
            optimizer.step()
            after.append(p.detach().clone())
        cases.append(case(name, options, {"w": w, "g": gradients}, {"w": torch.stack(after)}))

    O = torch.optim
    run("sgd", {"rate": 0.1}, lambda p: O.SGD(p, lr=0.1))
    run("momentum", {"rate": 0.1, "beta": 0.8}, lambda p: O.SGD(p, lr=0.1, momentum=0.8))
    run("nesterov", {"rate": 0.1, "beta": 0.8}, lambda p: O.SGD(p, lr=0.1, momentum=0.8, nesterov=True))
    run("adaGrad", {"rate": 0.1, "epsilon": 1e-10}, lambda p: O.Adagrad(p, lr=0.1))
    run("adaDelta", {"rate": 1, "rho": 0.9, "epsilon": 1e-6}, lambda p: O.Adadelta(p, lr=1.0))
    run("rmsProp", {"rate": 0.01, "rho": 0.99, "epsilon": 1e-8}, lambda p: O.RMSprop(p, lr=0.01))
    run("adam", {"rate": 0.01}, lambda p: O.Adam(p, lr=0.01))
    run("adamW", {"rate": 0.01, "decay": 0.1}, lambda p: O.AdamW(p, lr=0.01, weight_decay=0.1))
    run("amsGrad", {"rate": 0.01}, lambda p: O.Adam(p, lr=0.01, amsgrad=True))
    run("adaMax", {"rate": 0.01}, lambda p: O.Adamax(p, lr=0.01))
    run("nadam", {"rate": 0.01}, lambda p: O.NAdam(p, lr=0.01))
    cases.append(case("lion", {"rate": 0.01, "decay": 0.1}, {"w": w, "g": gradients},
                      {"w": lion(w, gradients, 0.01, 0.1)}))
    write("optimizers.json", cases)


def schedules():
    steps = 25
    cases = []

    def run(name, options, make):
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
        scheduler = make(optimizer)
        factors = []
        for _ in range(steps):
            factors.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        cases.append(case(name, options, {}, {"factor": torch.tensor(factors)}))

    S = torch.optim.lr_scheduler
    run("step", {"every": 4, "factor": 0.3}, lambda o: S.StepLR(o, 4, 0.3))
    run("steps", {"factor": 0.2, "at": [3, 9, 10]}, lambda o: S.MultiStepLR(o, [3, 9, 10], 0.2))
    run("exponential", {"factor": 0.9}, lambda o: S.ExponentialLR(o, 0.9))
    run("cosine", {"steps": 24, "last": 0.05}, lambda o: S.CosineAnnealingLR(o, 24, 0.05))
    run("cosineRestarts", {"steps": 4, "last": 0.1, "longer": 2},
        lambda o: S.CosineAnnealingWarmRestarts(o, 4, 2, 0.1))
    run("oneCycle", {"steps": 26}, lambda o: S.OneCycleLR(o, 1.0, total_steps=26, cycle_momentum=False))
    cases.append(case("inverseTime", {"decay": 0.5}, {}, {"factor": [1 / (1 + 0.5 * k) for k in range(steps)]}))
    warm = [(k + 1) / 6 if k < 5 else 0.9 ** (k - 5) for k in range(steps)]
    cases.append(case("warmUp", {"steps": 5, "factor": 0.9}, {}, {"factor": warm}))
    write("schedules.json", cases)


TARGET.mkdir(parents=True, exist_ok=True)
layers()
losses()
optimizers()
schedules()
