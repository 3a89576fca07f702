#!/usr/bin/env python3
"""Makes the golden values in core/src/test/resources/golden: what outside software
(NumPy, PyTorch, mpmath, decimal) computes for operations that Cajal computes itself.

Made with NumPy 2.4.6 and PyTorch 2.13.0 (CPU build), everything in float64.

To make them again (the versions used are written into each file's "made"):

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install torch numpy
    /tmp/golden/bin/python core/src/test/golden/make_golden.py

mpmath comes along with torch (through sympy). All seeds are fixed, one per subject, so
a second run on the same machine writes the same bytes; on another processor the last
digit of a result may differ (PyTorch chooses vector instructions).

Each file is strict JSON:

    {"made": "...", "cases": [{
        "name": "...",
        "options": {...},                     what the operation was asked to do
        "inputs":  {"x": {"shape": [..], "values": [.. flat, row-major ..]}, "c": ...},
        "outputs": {"y": {...}, ...},
        "gradients": {"x": {...}, ...}        of sum(y * c) with respect to each input
    }]}

NaN and the infinities are the strings "NaN", "Infinity" and "-Infinity". Masks are
1 and 0. Inputs are rounded to few decimals so that files stay small; they are exactly
the float64 values printed.

Nothing is taken from one source alone where a second one is cheap: einsum by NumPy and
by PyTorch (the gradients by autograd and, as einsum is linear in each operand, by NumPy
on basis tensors); convolution and pooling by PyTorch in its channels-first layout and by
plain loops written here in the channels-last layout; recurrent networks by torch.nn and by
NumPy loops; the activations by PyTorch and by mpmath; the small networks by autograd and
by hand-written formulas in 50-digit decimal arithmetic; the rest by autograd and by
central differences (torch.autograd.gradcheck). The script stops if two sources disagree.
"""

import decimal
import itertools
import json
import math
import pathlib
import warnings
from decimal import Decimal

import mpmath
import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
warnings.filterwarnings("ignore", message=".*padding='same'.*")    # slow, not wrong

TARGET = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"
MADE = (f"core/src/test/golden/make_golden.py with NumPy {np.__version__} and "
        f"PyTorch {torch.__version__}, float64")


# ---------------------------------------------------------------- writing

def number(v):
    """One value as JSON text: repr is the shortest text that reads back to the same float64."""
    if isinstance(v, (bool, np.bool_)):
        return str(int(v))
    if isinstance(v, (int, np.integer)):
        return str(int(v))
    v = float(v)
    if math.isnan(v):
        return '"NaN"'
    if math.isinf(v):
        return '"Infinity"' if v > 0 else '"-Infinity"'
    return repr(v)


def tensor_text(t):
    if isinstance(t, torch.Tensor):
        t = t.detach().numpy()
    t = np.asarray(t)
    if t.dtype == object:                       # decimal digits, kept as strings
        values = ", ".join(f'"{v}"' for v in t.ravel())
    else:
        values = ", ".join(number(v) for v in t.ravel())
    return f'{{"shape": {json.dumps(list(t.shape))}, "values": [{values}]}}'


def group_text(tensors):
    if not tensors:
        return "{}"
    lines = ",\n".join(f'      {json.dumps(k)}: {tensor_text(t)}' for k, t in tensors.items())
    return "{\n" + lines + "\n    }"


def write(file, cases):
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names), "two cases with one name in " + file
    parts = []
    for case in cases:
        fields = [f'    "name": {json.dumps(case["name"])}',
                  f'    "options": {json.dumps(case["options"], allow_nan=False)}']
        for key in ("inputs", "outputs", "gradients", "decimalOutputs", "decimalGradients"):
            if key in case:
                fields.append(f'    "{key}": {group_text(case[key])}')
        parts.append("  {\n" + ",\n".join(fields) + "\n  }")
    text = f'{{"made": {json.dumps(MADE)}, "cases": [\n' + ",\n".join(parts) + "\n]}\n"

    def refuse(literal):
        raise ValueError(literal)
    json.loads(text, parse_constant=refuse)     # strict: no NaN or Infinity literals
    assert len(text) < 150_000, f"{file} has {len(text)} bytes"
    (TARGET / file).write_text(text)
    print(f"{file:20s} {len(cases):3d} cases {len(text):7d} bytes")


# ---------------------------------------------------------------- making a case

def normal(rng, *shape, digits=4):
    """Random values with few decimals, none of them exactly zero."""
    x = np.round(rng.standard_normal(shape), digits)
    return np.where(x == 0, 0.5, x)


def distinct(rng, *shape):
    """Random values no two of which are nearer than 0.01: no ties for max pooling."""
    n = math.prod(shape)
    return np.round((rng.permutation(n) - n / 2) * 0.0317 + 0.0013, 4).reshape(shape)


def close(a, b, what, tolerance=1e-12):
    a = a.detach().numpy() if isinstance(a, torch.Tensor) else np.asarray(a)
    b = b.detach().numpy() if isinstance(b, torch.Tensor) else np.asarray(b)
    assert a.shape == b.shape, f"{what}: shapes {a.shape} and {b.shape}"
    if not np.allclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True):
        raise AssertionError(f"{what}: {a} and {b}")


def make_case(rng, name, options, function, inputs, constants=(), check=True):
    """Runs function(**inputs), which answers y or a dict holding "y", and differentiates
    sum(y * c). Inputs named in constants (masks, targets) are not differentiated."""
    given = {k: torch.tensor(v) for k, v in inputs.items()}
    free = [k for k in given if k not in constants]
    for k in free:
        given[k].requires_grad_(True)
    outputs = function(**given)
    if not isinstance(outputs, dict):
        outputs = {"y": outputs}
    c = normal(rng, *outputs["y"].shape)
    gradients = torch.autograd.grad((outputs["y"] * torch.tensor(c)).sum(), [given[k] for k in free])

    if check and outputs["y"].numel() > 0:
        def of_free(*tensors):
            y = function(**{**given, **dict(zip(free, tensors))})
            return y["y"] if isinstance(y, dict) else y
        torch.autograd.gradcheck(of_free, [given[k] for k in free], rtol=1e-4, atol=1e-6)
    return {"name": name, "options": options, "inputs": {**inputs, "c": c},
            "outputs": outputs, "gradients": dict(zip(free, gradients))}


# ---------------------------------------------------------------- einsum

EINSUM = [
    # name, spec, shapes
    ("matrix product", "ij,jk->ik", [(2, 3), (3, 4)]),
    ("matrix product, transposed result", "ij,jk->ki", [(2, 3), (3, 4)]),
    ("matrix product, second transposed", "ij,kj->ik", [(2, 3), (4, 3)]),
    ("matrix product, first transposed", "ji,jk->ik", [(3, 2), (3, 4)]),
    ("matrix times vector", "ij,j->i", [(2, 3), (3,)]),
    ("transpose", "ij->ji", [(2, 3)]),
    ("permutation of three axes", "ijk->kij", [(2, 3, 4)]),
    ("permutation of four axes", "abcd->cadb", [(2, 3, 4, 5)]),
    ("identity", "ijk->ijk", [(2, 3, 4)]),
    ("trace", "ii->", [(4, 4)]),
    ("trace, implicit", "ii", [(4, 4)]),
    ("diagonal", "ii->i", [(4, 4)]),
    ("diagonal of three axes", "iii->i", [(3, 3, 3)]),
    ("diagonal of outer axes", "iji->ij", [(3, 2, 3)]),
    ("diagonal of outer axes, reordered", "iji->ji", [(3, 2, 3)]),
    ("partial trace", "iji->j", [(3, 2, 3)]),
    ("diagonal times matrix", "iij,jk->ik", [(3, 3, 2), (2, 4)]),
    ("two traces", "ii,jj->", [(2, 2), (3, 3)]),
    ("two diagonals", "ii,jj->ji", [(2, 2), (3, 3)]),
    ("diagonal times vector", "ii,i->i", [(3, 3), (3,)]),
    ("diagonal in both operands", "iij,jii->ji", [(2, 2, 3), (3, 2, 2)]),
    ("outer product", "i,j->ij", [(2,), (3,)]),
    ("outer product, transposed", "i,j->ji", [(2,), (3,)]),
    ("outer product of three", "i,j,k->kij", [(2,), (3,), (4,)]),
    ("outer product, implicit", "i,j", [(2,), (3,)]),
    ("inner product", "i,i->", [(5,), (5,)]),
    ("inner product, implicit", "i,i", [(5,), (5,)]),
    ("batch matrix product", "bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]),
    ("batch matrix product, batch last", "ijb,jkb->ikb", [(3, 4, 2), (4, 5, 2)]),
    ("attention scores", "bqhd,bkhd->bhqk", [(2, 3, 2, 4), (2, 5, 2, 4)]),
    ("bilinear", "bi,oij,bj->bo", [(2, 3), (5, 3, 4), (2, 4)]),
    ("three operands, chain", "ij,jk,kl->il", [(2, 3), (3, 4), (4, 5)]),
    ("three operands, one label in all", "ij,ij,ij->ij", [(2, 3), (2, 3), (2, 3)]),
    ("three operands, shared and summed", "ai,bi,ci->abc", [(2, 3), (4, 3), (5, 3)]),
    ("four operands, chain", "ij,jk,kl,lm->im", [(2, 3), (3, 4), (4, 2), (2, 5)]),
    ("four operands, ring", "ab,bc,cd,da->", [(2, 3), (3, 4), (4, 5), (5, 2)]),
    ("four operands, vectors and matrices", "i,ij,jk,k->", [(2,), (2, 3), (3, 4), (4,)]),
    ("implicit output is alphabetical", "ba", [(2, 3)]),
    ("implicit output is alphabetical, three axes", "cab", [(2, 3, 4)]),
    ("implicit matrix product", "ij,jk", [(2, 3), (3, 4)]),
    ("implicit matrix product, reordered", "cb,ba", [(2, 3), (3, 4)]),
    ("implicit output, capitals before small letters", "aB", [(2, 3)]),
    ("implicit output with a summed label", "ij,ij", [(2, 3), (2, 3)]),
    ("sum of everything", "ijk->", [(2, 3, 4)]),
    ("sum to the middle axis", "ijk->j", [(2, 3, 4)]),
    ("sum of one axis, reordered", "ijk->kj", [(2, 3, 4)]),
    ("contraction over two labels", "ijkl,jkm->iml", [(2, 3, 4, 2), (3, 4, 5)]),
    ("contraction over all labels, crossed", "ijk,kji->", [(2, 3, 4), (4, 3, 2)]),
    ("label in the first operand only, summed", "ij,k->k", [(2, 3), (4,)]),
    ("label in the second operand only, summed", "ij,jkl->ik", [(2, 3), (3, 4, 2)]),
    ("labels in one operand only, summed in both", "ij,kl->il", [(2, 3), (4, 5)]),
    ("hadamard product", "ij,ij->ij", [(2, 3), (2, 3)]),
    ("hadamard product with transpose", "ij,ji->ij", [(2, 3), (3, 2)]),
    ("scaling of rows", "i,ij->ij", [(2,), (2, 3)]),
    ("ellipsis, batch matrix product", "...ij,...jk->...ik", [(5, 2, 3), (5, 3, 4)]),
    ("ellipsis, batch matrix product of two batch axes", "...ij,...jk->...ik", [(2, 3, 2, 4), (2, 3, 4, 1)]),
    ("ellipsis, batch ranks differ", "...ij,...jk->...ik", [(4, 2, 3, 2), (2, 2, 3)]),
    ("ellipsis, batch of one against batch", "...ij,...jk->...ik", [(4, 1, 2, 3), (5, 3, 2)]),
    ("ellipsis, no batch axes", "...ij,...jk->...ik", [(2, 3), (3, 4)]),
    ("ellipsis, none against batch", "...ij,...jk->...ik", [(2, 3), (5, 3, 4)]),
    ("ellipsis, sum of last axis", "...i->...", [(2, 3, 4)]),
    ("ellipsis, sum of first axis", "i...->...", [(2, 3, 4)]),
    ("ellipsis in front of a vector", "...i->...", [(4,)]),
    ("ellipsis behind, shared first label", "i...,i...->...", [(3, 2, 4), (3, 2, 4)]),
    ("ellipsis behind, ranks differ", "i...,i...->...", [(3, 2, 4), (3, 4)]),
    ("ellipsis in one operand", "b...i,i->b...", [(2, 3, 2, 4), (4,)]),
    ("ellipsis in the middle", "i...j->j...i", [(2, 3, 4, 5)]),
    ("ellipsis, swap of last axes", "...ij->...ji", [(2, 3, 4)]),
    ("ellipsis moved to the end", "...ij->ji...", [(5, 2, 3, 4)]),
    ("ellipsis, implicit", "...ij,...jk", [(5, 2, 3), (5, 3, 4)]),
    ("ellipsis, implicit, comes first", "i...j", [(2, 3, 4)]),
    ("ellipsis alone, elementwise", "...,...->...", [(2, 3), (2, 3)]),
    ("ellipsis alone, elementwise with broadcast", "...,...->...", [(4, 1, 3), (2, 1)]),
    ("ellipsis with diagonal", "...ii->...i", [(2, 3, 3)]),
    ("ellipsis with trace", "ii...->...", [(3, 3, 2)]),
    ("zero-sized summed label", "ij,jk->ik", [(2, 0), (0, 3)]),
    ("zero-sized kept label", "ij,jk->ik", [(0, 2), (2, 3)]),
    ("zero-sized sum", "i->", [(0,)]),
    ("zero-sized batch", "bij,bjk->bik", [(0, 2, 3), (0, 3, 4)]),
    ("all labels of size one", "ij,jk->ik", [(1, 1), (1, 1)]),
    ("size one against n, summed, first", "ij,jk->ik", [(2, 1), (3, 4)]),
    ("size one against n, summed, second", "ij,jk->ik", [(2, 3), (1, 4)]),
    ("size one against n, kept", "ij,ij->ij", [(1, 3), (2, 3)]),
    ("size one against n, both ways", "ij,ij->ij", [(1, 3), (2, 1)]),
    ("size one against n, batch", "bij,bjk->bik", [(1, 2, 3), (4, 3, 2)]),
    ("whitespace", "  i j ,  j k  ->  k i ", [(2, 3), (3, 4)]),
    ("whitespace, implicit with ellipsis", " ... i , i j ", [(2, 3), (3, 4)]),
    ("scalar times vector", ",i->i", [(), (3,)]),
    ("vector times scalar", "i,->i", [(3,), ()]),
    ("scalar alone", "->", [()]),
    ("scalar alone, implicit", "", [()]),
    ("two scalars", ",->", [(), ()]),
]


def einsum():
    rng = np.random.default_rng(101)
    cases = []
    for name, spec, shapes in EINSUM:
        inputs = {f"x{n}": normal(rng, *shape) for n, shape in enumerate(shapes)}
        case = make_case(rng, name, {"spec": spec}, lambda **x: torch.einsum(spec, *x.values()),
                         inputs, check=False)
        y = np.einsum(spec, *inputs.values())
        close(y, case["outputs"]["y"], name)
        case["outputs"]["y"] = y                        # the values are NumPy's
        for k, x in inputs.items():                     # linear in each operand
            gradient = np.zeros(x.shape)
            for index in np.ndindex(*x.shape):
                basis = np.zeros(x.shape)
                basis[index] = 1
                y = np.einsum(spec, *{**inputs, k: basis}.values())
                gradient[index] = np.sum(y * case["inputs"]["c"])
            close(gradient, case["gradients"][k], name)
        cases.append(case)
    write("einsum.json", cases)


# ---------------------------------------------------------------- convolution

# Cajal's layout: x [batch, spatial.., in], kernel [window.., in/groups, out]; PyTorch's:
# x [batch, in, spatial..], kernel [out, in/groups, window..].

def to_first(x):
    return x.movedim(-1, 1)


def to_last(x):
    return x.movedim(1, -1)


def kernel_to_torch(k):
    return k.movedim(-1, 0).movedim(-1, 1)


def flat_padding(padding):
    """F.pad wants the last axis first."""
    return [n for pair in reversed(padding) for n in pair]


def torch_conv(x, kernel, stride, padding, dilation, groups):
    convolve = F.conv1d if len(stride) == 1 else F.conv2d
    padded = F.pad(to_first(x), flat_padding(padding))
    return to_last(convolve(padded, kernel_to_torch(kernel), None, stride, 0, dilation, groups))


def windows(out_size, window, stride, dilation):
    for o in np.ndindex(*out_size):
        for w in np.ndindex(*window):
            yield o, w, tuple(a * s + b * d for a, s, b, d in zip(o, stride, w, dilation))


def pad_last(x, padding, value=0.0):
    return np.pad(x, [(0, 0), *padding, (0, 0)], constant_values=value)


def crop_last(x, padding):
    return x[(slice(None), *(slice(b, n - a) for (b, a), n in zip(padding, x.shape[1:-1])))]


def output_size(spatial, window, stride, padding, dilation):
    return tuple((n + b + a - d * (w - 1) - 1) // s + 1
                 for n, w, s, (b, a), d in zip(spatial, window, stride, padding, dilation))


def plain_conv(x, kernel, stride, padding, dilation, groups):
    """Cross-correlation by its definition, in Cajal's layout."""
    window, (icg, out) = kernel.shape[:-2], kernel.shape[-2:]
    ocg = out // groups
    xp = pad_last(x, padding)
    size = output_size(x.shape[1:-1], window, stride, padding, dilation)
    y = np.zeros((x.shape[0], *size, out))
    for o, w, p in windows(size, window, stride, dilation):
        for g in range(groups):
            ins, outs = slice(g * icg, (g + 1) * icg), slice(g * ocg, (g + 1) * ocg)
            y[(slice(None), *o, outs)] += xp[(slice(None), *p, ins)] @ kernel[w][:, outs]
    return y


def plain_conv_adjoints(x_shape, x, kernel, gy, stride, padding, dilation, groups):
    """The gradients of sum(plain_conv(x, kernel) * gy) with respect to x and kernel."""
    window, (icg, out) = kernel.shape[:-2], kernel.shape[-2:]
    ocg = out // groups
    gxp, gk = pad_last(np.zeros(x_shape), padding), np.zeros(kernel.shape)
    xp = None if x is None else pad_last(x, padding)
    for o, w, p in windows(gy.shape[1:-1], window, stride, dilation):
        for g in range(groups):
            ins, outs = slice(g * icg, (g + 1) * icg), slice(g * ocg, (g + 1) * ocg)
            part = gy[(slice(None), *o, outs)]
            gxp[(slice(None), *p, ins)] += part @ kernel[w][:, outs].T
            if xp is not None:
                gk[w][:, outs] += xp[(slice(None), *p, ins)].T @ part
    return crop_last(gxp, padding), gk


def same(window, dilation):
    """Stride one, output as large as input: of an odd total the greater half comes after."""
    totals = [d * (w - 1) for w, d in zip(window, dilation)]
    return [[t // 2, t - t // 2] for t in totals]


def conv_cases(file, seed, table):
    rng = np.random.default_rng(seed)
    cases = []
    for name, batch, spatial, ins, window, outs, change in table:
        axes = len(spatial)
        o = {"stride": [1] * axes, "padding": [[0, 0]] * axes, "dilation": [1] * axes, "groups": 1}
        o.update(change)
        if o["padding"] == "same":
            o["padding"] = same(window, o["dilation"])
            o["paddingName"] = "same"
        call = {k: o[k] for k in ("stride", "padding", "dilation", "groups")}
        inputs = {"x": normal(rng, batch, *spatial, ins, digits=3),
                  "kernel": normal(rng, *window, ins // o["groups"], outs, digits=3)}
        case = make_case(rng, name, o, lambda x, kernel: torch_conv(x, kernel, **call), inputs, check=False)
        close(plain_conv(**inputs, **call), case["outputs"]["y"], name)
        gx, gk = plain_conv_adjoints(inputs["x"].shape, inputs["x"], inputs["kernel"], case["inputs"]["c"], **call)
        close(gx, case["gradients"]["x"], name)
        close(gk, case["gradients"]["kernel"], name)
        if o.get("paddingName") == "same":
            assert case["outputs"]["y"].shape[1:-1] == tuple(spatial)
            named = (F.conv1d if axes == 1 else F.conv2d)(
                to_first(torch.tensor(inputs["x"])), kernel_to_torch(torch.tensor(inputs["kernel"])),
                None, 1, "same", o["dilation"], o["groups"])
            close(to_last(named), case["outputs"]["y"], name + ", PyTorch's own same")
        cases.append(case)
    write(file, cases)


def conv1d():
    conv_cases("conv1d.json", 102, [
        # name, batch, spatial, in, window, out, options other than the plain ones
        ("valid", 2, [7], 3, [3], 4, {}),
        ("window of one", 2, [5], 3, [1], 4, {}),
        ("window as large as the input", 2, [4], 3, [4], 5, {}),
        ("batch of one, one channel", 1, [6], 1, [2], 1, {}),
        ("zero batch", 0, [6], 2, [3], 4, {}),
        ("same, odd window", 2, [6], 2, [3], 3, {"padding": "same"}),
        ("same, even window", 2, [6], 2, [4], 3, {"padding": "same"}),
        ("same, dilated", 2, [6], 2, [3], 3, {"padding": "same", "dilation": [2]}),
        ("same, even window, dilated by three", 2, [5], 2, [2], 3, {"padding": "same", "dilation": [3]}),
        ("padding before only (causal)", 2, [5], 2, [3], 3, {"padding": [[2, 0]]}),
        ("padding after only", 2, [5], 2, [3], 3, {"padding": [[0, 2]]}),
        ("asymmetric padding, wider than the window", 2, [4], 2, [2], 3, {"padding": [[3, 1]]}),
        ("stride", 2, [7], 2, [3], 3, {"stride": [2]}),
        ("stride, last elements unused", 2, [9], 2, [2], 3, {"stride": [4]}),
        ("stride larger than window", 2, [8], 2, [2], 3, {"stride": [3]}),
        ("stride and asymmetric padding", 2, [6], 2, [3], 3, {"stride": [2], "padding": [[1, 2]]}),
        ("dilation", 2, [8], 2, [3], 3, {"dilation": [3]}),
        ("dilated window fits only because of padding", 2, [3], 2, [3], 3, {"dilation": [2], "padding": [[1, 2]]}),
        ("groups", 2, [6], 4, [3], 6, {"groups": 2}),
        ("three groups, fewer outputs than inputs", 2, [5], 6, [2], 3, {"groups": 3}),
        ("depthwise", 2, [6], 3, [3], 3, {"groups": 3}),
        ("depthwise with multiplier two", 2, [6], 3, [3], 6, {"groups": 3}),
        ("causal dilated depthwise", 2, [7], 3, [3], 3, {"groups": 3, "dilation": [2], "padding": [[4, 0]]}),
        ("everything", 2, [9], 4, [3], 6,
         {"stride": [2], "padding": [[3, 1]], "dilation": [2], "groups": 2}),
        ("everything, depthwise with multiplier three", 1, [8], 2, [2], 6,
         {"stride": [3], "padding": [[1, 4]], "dilation": [3], "groups": 2}),
    ])


def conv2d():
    conv_cases("conv2d.json", 103, [
        ("valid", 2, [4, 5], 2, [3, 2], 3, {}),
        ("window of one", 2, [2, 3], 3, [1, 1], 4, {}),
        ("window as large as the input", 2, [3, 4], 2, [3, 4], 5, {}),
        ("batch of one, one channel", 1, [4, 5], 1, [2, 3], 1, {}),
        ("zero batch", 0, [4, 5], 2, [3, 2], 3, {}),
        ("same, odd window", 2, [3, 4], 2, [3, 5], 2, {"padding": "same"}),
        ("same, even window", 1, [3, 4], 2, [2, 4], 3, {"padding": "same"}),
        ("same, dilated", 1, [4, 3], 2, [3, 2], 3, {"padding": "same", "dilation": [1, 3]}),
        ("asymmetric padding", 1, [3, 4], 2, [2, 3], 3, {"padding": [[0, 2], [3, 1]]}),
        ("stride", 1, [5, 6], 2, [2, 3], 3, {"stride": [2, 3]}),
        ("stride, last rows and columns unused", 1, [6, 5], 2, [3, 2], 3, {"stride": [2, 2]}),
        ("stride and asymmetric padding", 1, [4, 5], 2, [3, 2], 3, {"stride": [2, 3], "padding": [[1, 2], [0, 3]]}),
        ("dilation", 1, [5, 6], 2, [3, 2], 3, {"dilation": [2, 3]}),
        ("groups", 1, [4, 3], 4, [2, 3], 6, {"groups": 2}),
        ("depthwise", 2, [4, 3], 3, [3, 2], 3, {"groups": 3}),
        ("depthwise with multiplier two", 1, [4, 3], 3, [3, 2], 6, {"groups": 3}),
        ("everything", 1, [5, 6], 4, [3, 2], 6,
         {"stride": [2, 1], "padding": [[1, 2], [2, 0]], "dilation": [1, 3], "groups": 2}),
        ("everything, depthwise with multiplier three", 1, [5, 4], 2, [2, 3], 6,
         {"stride": [3, 2], "padding": [[2, 1], [0, 3]], "dilation": [2, 1], "groups": 2}),
    ])


def torch_conv_transpose(x, kernel, stride, padding, dilation, groups, outputSize):
    """The adjoint of torch_conv with respect to its input: what conv_transpose makes without
    padding, grown by the positions that the stride left unused, less the padding."""
    transpose = F.conv_transpose1d if len(stride) == 1 else F.conv_transpose2d
    # PyTorch's weight here is [in of this op, out of this op / groups, window..]
    full = transpose(to_first(x), kernel_to_torch(kernel), None, stride, 0, 0, groups, dilation)
    unused = [n + b + a - m for n, (b, a), m in zip(outputSize, padding, full.shape[2:])]
    assert all(0 <= u < s for u, s in zip(unused, stride)), unused
    full = F.pad(full, flat_padding([[0, u] for u in unused]))
    for axis, (n, (b, _)) in enumerate(zip(outputSize, padding)):
        full = full.narrow(2 + axis, b, n)
    return to_last(full)


def convtranspose():
    """Options and kernel are those of the convolution whose adjoint this is: kernel
    [window.., channels of y / groups, channels of x], outputSize the spatial size of y."""
    rng = np.random.default_rng(104)
    table = [
        # name, batch, channels of x, window, channels of y, spatial size of y, options
        ("1-d plain", 2, 4, [3], 2, [6], {}),
        ("1-d window of one", 2, 3, [1], 2, [4], {}),
        ("1-d stride", 2, 3, [3], 2, [9], {"stride": [2]}),
        ("1-d stride, output larger by one", 2, 3, [3], 2, [10], {"stride": [2]}),
        ("1-d stride larger than window", 2, 3, [2], 2, [8], {"stride": [3]}),
        ("1-d padding", 2, 3, [4], 2, [5], {"padding": [[1, 1]]}),
        ("1-d asymmetric padding", 2, 3, [3], 2, [5], {"padding": [[2, 0]]}),
        ("1-d dilation", 2, 3, [3], 2, [8], {"dilation": [2]}),
        ("1-d groups", 2, 6, [3], 4, [5], {"groups": 2}),
        ("1-d depthwise with multiplier two", 2, 6, [2], 3, [5], {"groups": 3}),
        ("1-d zero batch", 0, 3, [3], 2, [6], {}),
        ("1-d everything", 2, 6, [3], 4, [8], {"stride": [2], "padding": [[3, 1]], "dilation": [2], "groups": 2}),
        ("2-d plain", 2, 3, [3, 2], 2, [4, 5], {}),
        ("2-d window as large as the output", 2, 4, [3, 4], 2, [3, 4], {}),
        ("2-d stride", 1, 3, [2, 3], 2, [6, 7], {"stride": [2, 3]}),
        ("2-d stride with symmetric padding", 1, 3, [3, 3], 2, [5, 6], {"stride": [2, 2], "padding": [[1, 1], [1, 1]]}),
        ("2-d asymmetric padding", 1, 3, [2, 3], 2, [3, 4], {"padding": [[0, 2], [3, 1]]}),
        ("2-d dilation", 1, 3, [3, 2], 2, [6, 5], {"dilation": [2, 3]}),
        ("2-d everything", 1, 6, [3, 2], 4, [5, 6],
         {"stride": [2, 1], "padding": [[1, 2], [2, 0]], "dilation": [1, 3], "groups": 2}),
    ]
    cases = []
    for name, batch, ins, window, outs, size, change in table:
        axes = len(size)
        o = {"stride": [1] * axes, "padding": [[0, 0]] * axes, "dilation": [1] * axes, "groups": 1,
             "outputSize": size, "kernelLayout": "window.., channels of y / groups, channels of x"}
        o.update(change)
        call = {k: o[k] for k in ("stride", "padding", "dilation", "groups")}
        spatial = output_size(size, window, **{k: call[k] for k in ("stride", "padding", "dilation")})
        inputs = {"x": normal(rng, batch, *spatial, ins, digits=3),
                  "kernel": normal(rng, *window, outs // o["groups"], ins, digits=3)}
        case = make_case(rng, name, o, lambda x, kernel: torch_conv_transpose(x, kernel, **call, outputSize=size),
                         inputs, check=False)
        c = case["inputs"]["c"]
        # By definition: y is the gradient of sum(conv(z) * x), so sum(y * c) = sum(conv(c) * x).
        y, gk = plain_conv_adjoints(c.shape, c, inputs["kernel"], inputs["x"], **call)
        close(y, case["outputs"]["y"], name)
        close(gk, case["gradients"]["kernel"], name)
        close(plain_conv(c, inputs["kernel"], **call), case["gradients"]["x"], name)
        if all(b == a for b, a in o["padding"]):            # PyTorch can say this one itself
            extra = [n - ((m - 1) * s + d * (w - 1) + 1 - 2 * p[0]) for n, m, s, d, w, p in
                     zip(size, spatial, o["stride"], o["dilation"], window, o["padding"])]
            own = (F.conv_transpose1d if axes == 1 else F.conv_transpose2d)(
                to_first(torch.tensor(inputs["x"])), kernel_to_torch(torch.tensor(inputs["kernel"])), None,
                o["stride"], [p[0] for p in o["padding"]], extra, o["groups"], o["dilation"])
            close(to_last(own), case["outputs"]["y"], name + ", PyTorch's own padding")
        cases.append(case)
    write("convtranspose.json", cases)


# ---------------------------------------------------------------- pooling

def torch_max_pool(x, window, stride, padding, dilation):
    pool = F.max_pool1d if len(window) == 1 else F.max_pool2d
    padded = F.pad(to_first(x), flat_padding(padding), value=-math.inf)
    return to_last(pool(padded, window, stride, 0, dilation))


def torch_average_pool(x, window, stride, padding, countPadding):
    pool = F.avg_pool1d if len(window) == 1 else F.avg_pool2d

    def means(t):
        return to_last(pool(F.pad(to_first(t), flat_padding(padding)), window, stride))
    return means(x) if countPadding else means(x) / means(torch.ones_like(x))


def plain_pool(kind, x, window, stride, padding, dilation, count_padding):
    size = output_size(x.shape[1:-1], window, stride, padding, dilation)
    xp = pad_last(x, padding, math.nan)
    y = np.zeros((x.shape[0], *size, x.shape[-1]))
    for o in np.ndindex(*size):
        seen = np.stack([xp[(slice(None), *p)] for q, _, p in windows(size, window, stride, dilation) if q == o])
        if kind == "max":
            y[(slice(None), *o)] = np.nanmax(seen, axis=0)
        else:
            n = len(seen) if count_padding else np.sum(~np.isnan(seen), axis=0)
            y[(slice(None), *o)] = np.nansum(seen, axis=0) / n
    return y


def pooling():
    rng = np.random.default_rng(105)
    shapes = [
        # name, batch, spatial, channels, window, other options
        ("1-d plain", 2, [6], 3, [2], {}),
        ("1-d window of one", 2, [4], 3, [1], {}),
        ("1-d window as large as the input", 2, [5], 3, [5], {}),
        ("1-d stride two", 2, [7], 3, [2], {"stride": [2]}),
        ("1-d overlapping, stride two", 2, [8], 3, [3], {"stride": [2]}),
        ("1-d stride larger than window", 2, [8], 3, [2], {"stride": [3]}),
        ("1-d padding", 2, [5], 3, [3], {"padding": [[1, 1]]}),
        ("1-d asymmetric padding", 2, [5], 3, [3], {"padding": [[2, 0]]}),
        ("1-d stride and asymmetric padding", 2, [6], 3, [4], {"stride": [3], "padding": [[1, 2]]}),
        ("1-d zero batch", 0, [6], 3, [2], {}),
        ("2-d plain", 2, [3, 4], 3, [2, 3], {}),
        ("2-d stride as large as window", 1, [4, 6], 3, [2, 3], {"stride": [2, 3]}),
        ("2-d stride, last rows and columns unused", 1, [5, 6], 2, [2, 2], {"stride": [3, 4]}),
        ("2-d padding", 1, [3, 5], 2, [2, 4], {"stride": [1, 2], "padding": [[1, 1], [2, 2]]}),
        ("2-d asymmetric padding", 2, [3, 4], 2, [3, 2], {"padding": [[0, 2], [1, 0]]}),
        ("2-d everything", 1, [5, 6], 2, [3, 4], {"stride": [2, 3], "padding": [[2, 1], [0, 3]]}),
    ]
    dilated = [
        ("1-d dilation", 2, [7], 3, [3], {"dilation": [2]}),
        ("1-d dilation, stride and asymmetric padding", 2, [7], 3, [2],
         {"dilation": [3], "stride": [2], "padding": [[2, 1]]}),
        ("2-d dilation", 1, [5, 6], 2, [3, 2], {"dilation": [2, 3]}),
        ("2-d dilation, stride and asymmetric padding", 1, [5, 6], 2, [2, 3],
         {"dilation": [3, 2], "stride": [2, 1], "padding": [[1, 0], [1, 3]]}),
    ]
    cases = []
    for kind, count, table in (("max", None, shapes + dilated), ("average", True, shapes), ("average", False, shapes)):
        for name, batch, spatial, channels, window, change in table:
            axes = len(spatial)
            o = {"kind": kind, "window": window, "stride": [1] * axes, "padding": [[0, 0]] * axes}
            if kind == "max":
                o["dilation"] = [1] * axes
            else:
                o["countPadding"] = count
            o.update(change)
            padded = any(b or a for b, a in o["padding"])
            if count is False and not padded:
                continue                                # the same as the case that counts
            full = f"{kind} {name}"
            if kind == "average" and padded:
                full += ", padding counted" if count else ", padding not counted"
            call = {k: v for k, v in o.items() if k != "kind"}
            operation = torch_max_pool if kind == "max" else torch_average_pool
            x = distinct(rng, batch, *spatial, channels)
            case = make_case(rng, full, o, lambda x: operation(x, **call), {"x": x})
            y = case["outputs"]["y"]
            close(plain_pool(kind, x, window, o["stride"], o["padding"],
                             o.get("dilation", [1] * axes), count), y, full)
            if all(b == a and b <= w // 2 for (b, a), w in zip(o["padding"], window)):
                half = [b for b, _ in o["padding"]]     # PyTorch can say this one itself
                first = to_first(torch.tensor(x))
                if kind == "max":
                    own = (F.max_pool1d if axes == 1 else F.max_pool2d)(first, window, o["stride"], half, o["dilation"])
                else:
                    own = (F.avg_pool1d if axes == 1 else F.avg_pool2d)(
                        first, window, o["stride"], half, False, count)
                close(to_last(own), y, full + ", PyTorch's own padding")
            cases.append(case)
    write("pooling.json", cases)


# ---------------------------------------------------------------- attention

def attention():
    rng = np.random.default_rng(106)
    cases = []

    def add(name, batch, tq, tk, d, dv, causal=False, mask=None, scale=None, kv_batch=None):
        o = {"causal": causal, "scale": 1 / math.sqrt(d) if scale is None else scale}
        inputs = {"q": normal(rng, *batch, tq, d), "k": normal(rng, *(kv_batch or batch), tk, d),
                  "v": normal(rng, *(kv_batch or batch), tk, dv)}
        if causal:
            o["causalAlignment"] = "query i sees keys 0..i"
        if mask is not None:
            o["mask"] = "1 = may attend; its shape broadcasts to [.., Tq, Tk]"
            inputs["mask"] = np.asarray(mask, dtype=bool)

        def attend(q, k, v, mask=None):
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal, scale=scale)
            scores = torch.einsum("...qd,...kd->...qk", q, k) * o["scale"]      # the same, spelled out
            if causal:
                mask = torch.ones(tq, tk, dtype=torch.bool).tril()
            if mask is not None:
                scores = scores.masked_fill(~mask, -math.inf)
            weights = scores.softmax(-1)
            close(weights @ v, y, name)
            return {"y": y, "weights": weights}
        cases.append(make_case(rng, name, o, attend, inputs, constants=("mask",)))

    def random_mask(*shape):
        """At least one key for each query."""
        mask = rng.random(shape) < 0.5
        mask[..., 0] |= ~mask.any(-1)
        return mask

    def padding_mask(lengths, tk):
        return np.arange(tk) < np.asarray(lengths)[:, None]

    add("no mask, no batch", (), 3, 4, 2, 5)
    add("no mask, one batch axis", (2,), 3, 5, 4, 2)
    add("no mask, two batch axes", (2, 3), 2, 4, 3, 2)
    add("no mask, three batch axes", (2, 1, 3), 3, 2, 2, 3)
    add("one query", (2,), 1, 4, 3, 2)
    add("one key", (2,), 3, 1, 4, 2)
    add("scale given", (2,), 3, 4, 2, 3, scale=0.3)
    add("causal", (2,), 4, 4, 3, 2, causal=True)
    add("causal, two batch axes", (2, 3), 3, 3, 2, 4, causal=True)
    add("causal, more keys than queries", (2,), 3, 5, 4, 2, causal=True)
    add("causal, more queries than keys", (2,), 5, 3, 2, 4, causal=True)
    add("mask for all batches", (2,), 3, 5, 4, 2, mask=random_mask(3, 5))
    add("mask for each batch", (2,), 3, 4, 2, 5, mask=random_mask(2, 3, 4))
    add("mask for each batch and head", (2, 3), 2, 4, 3, 2, mask=random_mask(2, 3, 2, 4))
    add("mask for each batch, broadcast over heads", (2, 3), 4, 3, 2, 5, mask=random_mask(2, 1, 4, 3))
    add("padding mask", (3,), 2, 5, 4, 2, mask=padding_mask([5, 2, 1], 5)[:, None, :])
    add("padding mask, broadcast over heads", (3, 2), 3, 4, 2, 5, mask=padding_mask([1, 4, 3], 4)[:, None, None, :])
    add("padding mask and causal in one mask", (3, 2), 4, 4, 3, 2,
        mask=padding_mask([4, 1, 3], 4)[:, None, None, :] & np.tri(4, dtype=bool))
    write("attention.json", cases)


# ---------------------------------------------------------------- norms

def norms():
    rng = np.random.default_rng(107)
    cases = []

    def layer_norm(name, shape, axes, weight, bias, scale=1.0):
        normalized = shape[-axes:]
        inputs = {"x": np.round(normal(rng, *shape) * scale + 0.3, 4)}
        if weight:
            inputs["weight"] = normal(rng, *normalized)
        if bias:
            inputs["bias"] = normal(rng, *normalized)
        o = {"operation": "layerNorm", "axes": list(range(-axes, 0)), "eps": 1e-5}

        def operation(x, weight=None, bias=None):
            return F.layer_norm(x, normalized, weight, bias, 1e-5)
        case = make_case(rng, name, o, operation, inputs)
        x, over = inputs["x"], tuple(o["axes"])
        y = (x - x.mean(over, keepdims=True)) / np.sqrt(x.var(over, keepdims=True) + 1e-5)
        close(y * inputs.get("weight", 1.0) + inputs.get("bias", 0.0), case["outputs"]["y"], name)
        cases.append(case)

    for weight, bias, text in ((False, False, ""), (True, True, ", weight and bias"), (True, False, ", weight only")):
        layer_norm("layer norm over the last axis" + text, (2, 3, 5), 1, weight, bias)
        layer_norm("layer norm over the last two axes" + text, (2, 3, 4), 2, weight, bias)
    layer_norm("layer norm of a vector", (6,), 1, True, True)
    layer_norm("layer norm of values near zero, eps matters", (2, 4), 1, True, True, scale=0.01)
    layer_norm("layer norm of large values", (2, 4), 1, True, True, scale=1000.0)

    def simple(name, o, operation, numpy_operation, x, check=True):
        case = make_case(rng, name, o, operation, {"x": x}, check=check)
        close(numpy_operation(x), case["outputs"]["y"], name)
        cases.append(case)

    def np_logsumexp(x, axis):
        m = x.max(axis, keepdims=True)
        return m + np.log(np.sum(np.exp(x - m), axis, keepdims=True))

    soft = {
        "softmax": (torch.softmax, lambda x, axis: np.exp(x - np_logsumexp(x, axis))),
        "logSoftmax": (torch.log_softmax, lambda x, axis: x - np_logsumexp(x, axis)),
        "logSumExp": (torch.logsumexp, lambda x, axis: np_logsumexp(x, axis).squeeze(axis)),
    }
    for operation, (with_torch, with_numpy) in soft.items():
        def add(name, x, axis, temperature=1.0):
            o = {"operation": operation, "axis": axis}
            if operation == "logSumExp":
                o["keepDims"] = False
            if temperature != 1.0:
                o["temperature"] = temperature
            simple(f"{operation} {name}", o, lambda x: with_torch(x / temperature, axis),
                   lambda x: with_numpy(x / temperature, axis), x, check=bool(np.all(np.abs(x) < 100)))
        add("of a vector", normal(rng, 5), 0)
        add("over the last axis", normal(rng, 2, 3, 4), -1)
        add("over the first axis", normal(rng, 2, 3, 4), 0)
        add("over the middle axis", normal(rng, 2, 3, 4), 1)
        add("over an axis of size one", normal(rng, 3, 1), 1)
        add("of equal logits", np.full((2, 3), 0.7), 1)
        add("of extreme logits", np.array([[1000.0, -1000.0, 0.0, 999.5], [-1000.0, -1000.5, -1001.0, -1003.0],
                                           [1000.0, 1000.0, 1000.0, 1000.0]]), 1)
        add("of extreme logits, first axis", np.array([[1000.0, -1000.0], [998.0, 3.0], [-1000.0, 2.5]]), 0)
        add("with a logit of -Infinity", np.array([[0.5, -math.inf, 1.25], [-math.inf, -math.inf, -2.0]]), 1)
        add("with temperature 0.5", normal(rng, 2, 4), 1, 0.5)
        add("with temperature 3", normal(rng, 3, 4), 0, 3.0)
        add("of extreme logits with temperature 100", np.array([[1000.0, -1000.0, 900.0, 950.0]]), 1, 100.0)
        add("of extreme logits with temperature 0.01", np.array([[10.0, -10.0, 9.99, 9.9]]), 1, 0.01)

    def axes_name(axes):
        return "over everything" if axes is None else "over axes " + ", ".join(map(str, axes))

    for axes, keep in ((None, False), ([0], False), ([1], False), ([1], True), ([-1], False), ([0, 2], False),
                       ([0, 2], True), ([1, 2], False)):
        text = axes_name(axes) + (", dimensions kept" if keep else "")
        over = None if axes is None else tuple(axes)
        o = {"axes": list(range(3)) if axes is None else axes, "keepDims": keep}
        simple("variance (biased) " + text, {"operation": "variance", "biased": True, **o},
               lambda x: torch.var(x, over, correction=0, keepdim=keep),
               lambda x: np.var(x, axis=over, keepdims=keep), normal(rng, 2, 3, 4))
        simple("L2 norm " + text, {"operation": "norm", **o},
               lambda x: torch.linalg.vector_norm(x, 2, over, keepdim=keep),
               lambda x: np.sqrt(np.sum(x * x, axis=over, keepdims=keep)), normal(rng, 2, 3, 4))
    simple("variance (biased) of one element", {"operation": "variance", "biased": True, "axes": [1], "keepDims": False},
           lambda x: torch.var(x, 1, correction=0), lambda x: np.var(x, axis=1), normal(rng, 3, 1))
    simple("variance (biased) of values far from zero",
           {"operation": "variance", "biased": True, "axes": [0], "keepDims": False},
           lambda x: torch.var(x, 0, correction=0), lambda x: np.var(x, axis=0), normal(rng, 5) + 1e6)
    simple("L2 norm of a zero vector (PyTorch's subgradient is 0)", {"operation": "norm", "axes": [1], "keepDims": False},
           lambda x: torch.linalg.vector_norm(x, 2, 1), lambda x: np.sqrt(np.sum(x * x, axis=1)),
           np.array([[0.0, 0.0, 0.0], [3.0, 0.0, -4.0]]), check=False)
    write("norms.json", cases)


# ---------------------------------------------------------------- activations

def exact_sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def activations():
    """y, gradients.x (the first derivative, as c is 1 everywhere) and d2y are PyTorch's;
    exactY, exactDy and exactD2y are mpmath's, rounded once to float64. PyTorch loses digits in
    some tails (its greatest relative errors are in the options): prefer the exact ones there."""
    grid = [-30.0, -20.0, -12.5, -8.0, -5.5, -4.0, -3.0, -2.25, -1.75, -1.25, -0.9, -0.6, -0.3, -0.1, -1e-3, -1e-8,
            0.0, 1e-8, 1e-3, 0.1, 0.3, 0.6, 0.9, 1.25, 1.75, 2.25, 3.0, 4.0, 5.5, 8.0, 12.5, 20.0, 30.0]
    positive = [1e-8, 1e-3, 0.1, 0.3, 0.5, 0.75, 0.999, 1.0, 1.001, 1.25, 2.0, 2.718281828459045, 4.0, 7.5, 12.5, 30.0]
    above_minus_one = [-0.999, -0.75, -0.5, -0.1, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 0.1, 0.5, 1.0, 2.5, 7.5, 30.0]
    m = mpmath
    root2pi = lambda: m.sqrt(2 / m.pi)
    table = [
        # name, options, PyTorch's, exact, corners, grid
        ("relu", {}, F.relu, lambda x: x if x > 0 else m.mpf(0), [0.0], grid),
        ("leakyRelu", {"slope": 0.01}, lambda x: F.leaky_relu(x, 0.01), lambda x: x if x > 0 else m.mpf(0.01) * x, [0.0], grid),
        ("leakyRelu", {"slope": 0.2}, lambda x: F.leaky_relu(x, 0.2), lambda x: x if x > 0 else m.mpf(0.2) * x, [0.0], grid),
        ("elu", {"alpha": 1.0}, lambda x: F.elu(x, 1.0), lambda x: x if x > 0 else m.expm1(x), [0.0], grid),
        ("elu", {"alpha": 0.5}, lambda x: F.elu(x, 0.5), lambda x: x if x > 0 else m.expm1(x) / 2, [0.0], grid),
        ("gelu", {"approximation": "none"}, F.gelu, lambda x: x * m.erfc(-x / m.sqrt(2)) / 2, [], grid),
        ("gelu", {"approximation": "tanh"}, lambda x: F.gelu(x, approximate="tanh"),
         lambda x: x * exact_sigmoid(2 * root2pi() * (x + m.mpf("0.044715") * x ** 3)), [], grid),
        ("silu", {}, F.silu, lambda x: x * exact_sigmoid(x), [], grid),
        # PyTorch's softplus answers x itself above a threshold (20 unless told): put out of reach.
        ("softplus", {}, lambda x: F.softplus(x, threshold=1000), lambda x: m.log1p(m.exp(x)), [], grid),
        ("sigmoid", {}, torch.sigmoid, exact_sigmoid, [], grid),
        ("tanh", {}, torch.tanh, m.tanh, [], grid),
        ("hardtanh", {"low": -1.0, "high": 1.0}, F.hardtanh, lambda x: max(m.mpf(-1), min(m.mpf(1), x)), [-1.0, 1.0], grid),
        ("erf", {}, torch.erf, m.erf, [], grid),
        ("exp", {}, torch.exp, m.exp, [], grid),
        ("log", {}, torch.log, m.log, [0.0], positive),
        ("expm1", {}, torch.expm1, m.expm1, [], grid),
        ("log1p", {}, torch.log1p, m.log1p, [-1.0], above_minus_one),
        ("sqrt", {}, torch.sqrt, m.sqrt, [0.0], positive),
        ("sin", {}, torch.sin, m.sin, [], grid),
        ("cos", {}, torch.cos, m.cos, [], grid),
    ]

    def differentiate(operation, points):
        x = torch.tensor(points, requires_grad=True)
        y = operation(x)
        dy, = torch.autograd.grad(y.sum(), x, create_graph=True)
        if dy.requires_grad:
            d2y, = torch.autograd.grad(dy.sum(), x, allow_unused=True)
        else:
            d2y = None
        return y.detach(), dy.detach(), torch.zeros_like(y) if d2y is None else d2y

    def relative(got, want):
        """The greatest relative error; two values below 1e-300 count as equal."""
        return max((abs(g - w) / max(abs(w), 1e-300) for g, w in zip(got.tolist(), want)
                    if max(abs(g), abs(w)) > 1e-300), default=0.0)

    cases = []
    for function, options, operation, exact, corners, points in table:
        text = "".join(f", {k} {v}" for k, v in options.items())
        points = [p for p in points if p not in corners]
        with mpmath.workdps(500):
            # the exact functions' pieces lie further apart than the steps of the numeric derivative
            values = [[float(m.diff(exact, m.mpf(p), n)) if n else float(exact(m.mpf(p))) for p in points]
                      for n in range(3)]
        # A derivative that is zero comes out of the differences as an exact zero or as dust.
        values = [[0.0 if abs(v) < 1e-320 else v for v in row] for row in values]
        y, dy, d2y = differentiate(operation, points)
        errors = [float(f"{relative(got, want):.1e}") for got, want in zip((y, dy, d2y), values)]
        for got, want in zip((y, dy, d2y), values):
            close(got, want, function, 1e-13)
        cases.append({"name": function + text,
                      "options": {"function": function, **options, "relativeErrorOfTorch": errors},
                      "inputs": {"x": points, "c": np.ones(len(points))},
                      "outputs": {"y": y, "d2y": d2y, "exactY": values[0], "exactDy": values[1], "exactD2y": values[2]},
                      "gradients": {"x": dy}})
        print(f"    {function + text:35s} PyTorch's relative errors of y, y', y'': {errors}")
        if corners:
            y, dy, d2y = differentiate(operation, corners)
            print(f"    {function + text:35s} at corner {corners}: {y.tolist()} {dy.tolist()} {d2y.tolist()}")
            cases.append({"name": function + text + " at corner", "options": {"function": function, **options},
                          "inputs": {"x": corners, "c": np.ones(len(corners))},
                          "outputs": {"y": y, "d2y": d2y}, "gradients": {"x": dy}})
    write("activations.json", cases)


# ---------------------------------------------------------------- recurrent networks

def np_sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rnn():
    rng = np.random.default_rng(109)
    layouts = {"x": "[T, batch, in]", "y": "[T, batch, hidden], the hidden state after every step",
               "weightIh": "[gates * hidden, in], PyTorch's layout", "weightHh": "[gates * hidden, hidden], PyTorch's layout",
               "biasIh": "[gates * hidden]", "biasHh": "[gates * hidden]",
               "h0, c0, hT, cT": "[batch, hidden]"}
    steps, batch, ins, hidden = 5, 3, 2, 4

    def elman_step(x, h, wi, wh, bi, bh):
        return np.tanh(x @ wi.T + bi + h @ wh.T + bh)

    def lstm_step(x, h, cell, wi, wh, bi, bh):
        i, f, g, o = np.split(x @ wi.T + bi + h @ wh.T + bh, 4, axis=-1)
        cell = np_sigmoid(f) * cell + np_sigmoid(i) * np.tanh(g)
        return np_sigmoid(o) * np.tanh(cell), cell

    def gru_step(x, h, wi, wh, bi, bh):
        xr, xz, xn = np.split(x @ wi.T + bi, 3, axis=-1)
        hr, hz, hn = np.split(h @ wh.T + bh, 3, axis=-1)
        r, z = np_sigmoid(xr + hr), np_sigmoid(xz + hz)
        return (1 - z) * np.tanh(xn + r * hn) + z * h

    kinds = {
        "Elman": (torch.nn.RNN, 1, {"gates": "one", "formula": "h' = tanh(x Wih^T + bih + h Whh^T + bhh)"}),
        "LSTM": (torch.nn.LSTM, 4, {
            "gates": "i, f, g, o: blocks of hidden rows of weightIh, weightHh, biasIh, biasHh in this order",
            "formula": "a = x Wih^T + bih + h Whh^T + bhh; i, f, o = sigmoid, g = tanh of its block of a; "
                       "c' = f * c + i * g; h' = o * tanh(c')"}),
        "GRU": (torch.nn.GRU, 3, {
            "gates": "r, z, n: blocks of hidden rows in this order",
            "formula": "r, z = sigmoid(x Wih^T + bih + h Whh^T + bhh); n = tanh(x Win^T + bin + r * (h Whn^T + bhn)); "
                       "h' = (1 - z) * n + z * h"}),
    }
    cases = []
    for kind, (module, gates, text) in kinds.items():
        for zero in (False, True):
            name = kind + (", zero initial state" if zero else "")
            state = (lambda: np.zeros((batch, hidden))) if zero else (lambda: normal(rng, batch, hidden))
            inputs = {"x": normal(rng, steps, batch, ins),
                      "weightIh": normal(rng, gates * hidden, ins), "weightHh": normal(rng, gates * hidden, hidden),
                      "biasIh": normal(rng, gates * hidden), "biasHh": normal(rng, gates * hidden), "h0": state()}
            if kind == "LSTM":
                inputs["c0"] = state()
            net = module(ins, hidden)

            def run(x, weightIh, weightHh, biasIh, biasHh, h0, c0=None):
                parameters = {"weight_ih_l0": weightIh, "weight_hh_l0": weightHh,
                              "bias_ih_l0": biasIh, "bias_hh_l0": biasHh}
                first = h0[None] if c0 is None else (h0[None], c0[None])
                y, last = torch.func.functional_call(net, parameters, (x, first))
                if c0 is None:
                    return {"y": y, "hT": last[0]}
                return {"y": y, "hT": last[0][0], "cT": last[1][0]}
            case = make_case(rng, name, {"kind": kind, **text, "layouts": layouts}, run, inputs)

            weights = [inputs[k] for k in ("weightIh", "weightHh", "biasIh", "biasHh")]
            h, cell, all_h = inputs["h0"], inputs.get("c0"), []
            for x in inputs["x"]:
                if kind == "Elman":
                    h = elman_step(x, h, *weights)
                elif kind == "LSTM":
                    h, cell = lstm_step(x, h, cell, *weights)
                else:
                    h = gru_step(x, h, *weights)
                all_h.append(h)
            close(np.stack(all_h), case["outputs"]["y"], name)
            close(h, case["outputs"]["hT"], name)
            if kind == "LSTM":
                close(cell, case["outputs"]["cT"], name)
            cases.append(case)
    write("rnn.json", cases)


# ---------------------------------------------------------------- small networks

def decimals(values):
    """To 50 significant digits, as an array of strings of the same shape."""
    values = np.asarray(values, dtype=object)
    with decimal.localcontext(prec=50):
        texts = [str(+v) for v in values.ravel()]
    out = np.empty(values.size, dtype=object)
    out[:] = texts
    return out.reshape(values.shape)


def mlp():
    """x (3) -> z1 = W1 x + b1 (2) -> h1 = sigmoid(z1) -> z2 = W2 h1 + b2 -> loss. Float64 by
    autograd; 50 digits by the formulas below, where 0.1 is exactly one tenth."""
    decimal.getcontext().prec = 70
    w1 = [["0.1", "0.2", "0.3"], ["-0.1", "0", "-0.2"]]
    x = ["3", "0.2", "-0.1"]
    w2_two = [["0.2", "-0.2"], ["-0.1", "0.3"]]
    w2_three = [["0.2", "-0.2"], ["-0.1", "0.3"], ["0.4", "0.1"]]
    table = [
        ("sigmoid output, binary cross-entropy, label 0", "sigmoid", [["0.2", "-0.2"]], 0),
        ("sigmoid output, binary cross-entropy, label 1", "sigmoid", [["0.2", "-0.2"]], 1),
        ("linear output, half squared error, target 0", "linear", [["0.2", "-0.2"]], 0),
        ("linear output, half squared error, target 1", "linear", [["0.2", "-0.2"]], 1),
        ("softmax output, two classes, cross-entropy, label 0", "softmax", w2_two, 0),
        ("softmax output, two classes, cross-entropy, label 1", "softmax", w2_two, 1),
        ("softmax output, three classes, cross-entropy, label 0", "softmax", w2_three, 0),
        ("softmax output, three classes, cross-entropy, label 2", "softmax", w2_three, 2),
    ]
    losses = {"sigmoid": "-(t log yhat + (1 - t) log(1 - yhat)), yhat = sigmoid(z2)",
              "linear": "(z2 - t)^2 / 2, yhat = z2", "softmax": "-log yhat[t], yhat = softmax(z2)"}

    def matrix_vector(w, v):
        return [sum((a * b for a, b in zip(row, v)), Decimal(0)) for row in w]

    def by_hand(w1, b1, w2, b2, x, kind, label):
        one = Decimal(1)
        z1 = [a + b for a, b in zip(matrix_vector(w1, x), b1)]
        h1 = [one / (one + (-z).exp()) for z in z1]
        z2 = [a + b for a, b in zip(matrix_vector(w2, h1), b2)]
        target = [Decimal(int(i == label)) for i in range(len(z2))] if kind == "softmax" else [Decimal(label)]
        if kind == "sigmoid":
            yhat = [one / (one + (-z2[0]).exp())]
            loss = -(yhat[0] if label == 1 else one - yhat[0]).ln()
        elif kind == "linear":
            yhat = z2
            loss = (z2[0] - target[0]) ** 2 / 2
        else:
            total = sum(z.exp() for z in z2)
            yhat = [z.exp() / total for z in z2]
            loss = -yhat[label].ln()
        dz2 = [y - t for y, t in zip(yhat, target)]                     # in all three
        dh1 = [sum(w2[o][i] * dz2[o] for o in range(len(z2))) for i in range(len(h1))]
        dz1 = [d * h * (one - h) for d, h in zip(dh1, h1)]
        outputs = {"z1": z1, "h1": h1, "z2": z2, "yhat": yhat, "loss": loss}
        gradients = {"W1": [[d * v for v in x] for d in dz1], "b1": dz1,
                     "W2": [[d * h for h in h1] for d in dz2], "b2": dz2,
                     "x": [sum(w1[i][j] * dz1[i] for i in range(2)) for j in range(3)],
                     "z1": dz1, "h1": dh1, "z2": dz2}
        return outputs, gradients

    cases = []
    for name, kind, w2, label in table:
        texts = {"W1": w1, "b1": ["0", "0"], "W2": w2, "b2": ["0"] * len(w2), "x": x}
        exact = {k: np.vectorize(Decimal, otypes=[object])(np.array(v)).tolist() for k, v in texts.items()}
        inputs = {k: np.array(v, dtype=float) for k, v in texts.items()}

        t = {k: torch.tensor(v, requires_grad=True) for k, v in inputs.items()}
        t["z1"] = t["W1"] @ t["x"] + t["b1"]
        t["h1"] = torch.sigmoid(t["z1"])
        t["z2"] = t["W2"] @ t["h1"] + t["b2"]
        if kind == "sigmoid":
            t["yhat"] = torch.sigmoid(t["z2"])
            t["loss"] = F.binary_cross_entropy(t["yhat"], torch.tensor([float(label)]))
        elif kind == "linear":
            t["yhat"] = t["z2"] * 1
            t["loss"] = (t["z2"][0] - label) ** 2 / 2
        else:
            t["yhat"] = torch.softmax(t["z2"], 0)
            t["loss"] = F.cross_entropy(t["z2"], torch.tensor(label))
        wanted = ("W1", "b1", "W2", "b2", "x", "z1", "h1", "z2")
        gradients = dict(zip(wanted, torch.autograd.grad(t["loss"], [t[k] for k in wanted])))
        outputs = {k: t[k] for k in ("z1", "h1", "z2", "yhat", "loss")}

        hand_outputs, hand_gradients = by_hand(exact["W1"], exact["b1"], exact["W2"], exact["b2"], exact["x"], kind, label)
        for got, want in ((outputs, hand_outputs), (gradients, hand_gradients)):
            for k in got:
                close(got[k], np.array(want[k], dtype=float), f"{name}, {k}", 1e-15)
        one_hot = np.eye(len(w2))[label] if kind == "softmax" else np.array([float(label)])
        close(gradients["z2"], outputs["yhat"].detach().numpy() - one_hot, name + ", o - y", 1e-15)
        cases.append({"name": name,
                      "options": {"output": kind, "label": label, "loss": losses[kind], "gradientsOf": "loss",
                                  "decimal": "50 significant digits, inputs read as exact decimals"},
                      "inputs": {**inputs, "target": one_hot, "c": 1.0}, "outputs": outputs, "gradients": gradients,
                      "decimalOutputs": {k: decimals(v) for k, v in hand_outputs.items()},
                      "decimalGradients": {k: decimals(v) for k, v in hand_gradients.items()}})
    write("mlp.json", cases)


# ---------------------------------------------------------------- philox

PHILOX = {  # bits of a word: multipliers, key increments (Salmon and others, 2011)
    32: ((0xD2511F53, 0xCD9E8D57), (0x9E3779B9, 0xBB67AE85)),
    64: ((0xD2E7470EE14C6C93, 0xCA5A826395121157), (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)),
}


def philox4(bits, counter, key, rounds=10):
    (m0, m1), (w0, w1) = PHILOX[bits]
    mask = (1 << bits) - 1
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(rounds):
        p0, p1 = m0 * c0, m1 * c2
        c0, c1, c2, c3 = (p1 >> bits) ^ c1 ^ k0, p1 & mask, (p0 >> bits) ^ c3 ^ k1, p0 & mask
        k0, k1 = (k0 + w0) & mask, (k1 + w1) & mask
    return [c0, c1, c2, c3]


def philox():
    """The transcription above, at 64 bits checked against NumPy's Philox, and at 32 bits
    against the three known answers that Random123 publishes (its tests/kat_vectors)."""
    rng = np.random.default_rng(111)
    for _ in range(20):
        counter = [int(v) for v in rng.integers(0, 1 << 63, 4)]
        key = [int(v) for v in rng.integers(0, 1 << 63, 2)]
        own = np.random.Philox(counter=np.array(counter, np.uint64), key=np.array(key, np.uint64)).random_raw(4)
        assert philox4(64, [counter[0] + 1, *counter[1:]], key) == [int(v) for v in own]    # NumPy counts first
    full = 0xFFFFFFFF
    published = [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((full,) * 4, (full,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
         (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
    ]
    cases = []

    def add(name, counter, key, rounds=10):
        y = philox4(32, counter, key, rounds)
        cases.append({"name": name, "options": {"words": 4, "bits": 32, "rounds": rounds},
                      "inputs": {"counter": np.array(counter, np.int64), "key": np.array(key, np.int64)},
                      "outputs": {"y": np.array(y, np.int64)}})
    for n, (counter, key, answer) in enumerate(published):
        assert philox4(32, counter, key) == list(answer)
        add(f"Random123's known answer {n}", counter, key)
    for n in range(4):
        add(f"counter {n}, key (42, 0)", (n, 0, 0, 0), (42, 0))
    add("counter (1, 2, 3, 4), key (5, 6)", (1, 2, 3, 4), (5, 6))
    add("highest bit of the first word only", (0x80000000, 0, 0, 0), (0, 0))
    add("highest bit of the key only", (0, 0, 0, 0), (0, 0x80000000))
    for n in range(6):
        add(f"random {n}", [int(v) for v in rng.integers(0, 1 << 32, 4)], [int(v) for v in rng.integers(0, 1 << 32, 2)])
    add("one round", (1, 2, 3, 4), (5, 6), 1)
    add("seven rounds", (1, 2, 3, 4), (5, 6), 7)
    write("philox.json", cases)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for subject in (einsum, conv1d, conv2d, convtranspose, pooling, attention, norms, activations, rnn, mlp, philox):
        subject()
