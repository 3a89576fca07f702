#!/usr/bin/env python3
"""Makes bench/src/test/resources/golden/training.json: what PyTorch computes for the networks
of the workloads at tiny sizes, in float64: the loss, its gradients, and the parameters after
three steps of the optimizer.

Made with PyTorch 2.13.0 (CPU build). To make it again:

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install torch numpy
    /tmp/golden/bin/python bench/src/test/golden/make_golden.py

The networks are those of bench/peers/pytorch/bench.py, made smaller; parameters are in the
order, and in the layout, that Cajal's have. All numbers that go in are float32.
"""

import json
import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parents[3]  # bench
sys.path.insert(0, str(ROOT / "peers" / "pytorch"))
sys.dont_write_bytecode = True
import bench  # noqa: E402

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
STEPS = 3


def array(tensor):
    tensor = tensor.detach()
    # Ten digits are more than the float32 on the other side has.
    values = [float(f"{value:.10g}") for value in tensor.reshape(-1).tolist()]
    return {"shape": list(tensor.shape), "values": values}


def as_floats(tensor):
    return tensor.to(torch.float32).to(torch.float64)


def case(name, network, optimizer, x, y, loss_function, layouts):
    """The layouts give, for each parameter in Cajal's order, the PyTorch one and how to turn it."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(as_floats(parameter))

    def arrays(of):
        return [array(turn(of(parameter))) for parameter, turn in layouts]

    made = {"name": name, "x": array(x), "y": array(y.to(torch.float64)),
            "parameters": arrays(lambda p: p.data)}
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = loss_function(network(x), y)
        loss.backward()
        if step == 0:
            made |= {"loss": loss.item(), "gradients": arrays(lambda p: p.grad)}
        optimizer.step()
    return made | {"after": arrays(lambda p: p.data)}


def same(tensor):
    return tensor


def in_order(network):
    return [(parameter, same) for parameter in network.parameters()]


def xor():
    network = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1), nn.Sigmoid())
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([[0.0], [1], [1], [0]])
    sgd = torch.optim.SGD(network.parameters(), 0.5)
    return case("xor", network, sgd, x, y, F.mse_loss, in_order(network))


def mlp():
    network = bench.mlp(5, 4, 3, 3)
    x, y = as_floats(torch.randn(4, 5)), torch.tensor([0, 2, 1, 2])
    adam = bench.adam(network, 0.01)
    return case("mlp", network, adam, x, y, F.cross_entropy, in_order(network))


def convolutional():
    network = nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(2, 4, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 3))
    x, y = as_floats(torch.randn(2, 1, 10, 10)), torch.tensor([2, 0])
    layouts = [(p, (lambda k: k.permute(2, 3, 1, 0)) if p.dim() == 4 else same)
               for p in network.parameters()]
    made = case("convolutional", network, bench.adam(network, 0.01), x, y, F.cross_entropy, layouts)
    return made | {"x": array(x.permute(0, 2, 3, 1))}  # channels last


def of_tokens(logits, y):
    """Labels come as [batch, time] here; PyTorch wants them in one row."""
    return F.cross_entropy(logits.reshape(-1, logits.shape[-1]), y.reshape(-1))


def lstm():
    network = bench.Lstm()
    network.embedding = nn.Embedding(5, 3)
    network.lstm = nn.LSTM(3, 4, batch_first=True)
    network.output = nn.Linear(4, 5)
    x, y = torch.randint(0, 5, (2, 3)), torch.randint(0, 5, (2, 3))
    r = network.lstm
    order = [network.embedding.weight, r.weight_ih_l0, r.bias_ih_l0, r.weight_hh_l0, r.bias_hh_l0,
             network.output.weight, network.output.bias]
    network.forward = lambda x: network.output(network.lstm(network.embedding(x))[0])
    return case("lstm", network, bench.adam(network, 0.01), x, y, of_tokens, [(p, same) for p in order])


def gpt():
    network = bench.Gpt(tokens=5, width=4, heads=2, layers=2, context=3)
    x, y = torch.randint(0, 5, (2, 3)), torch.randint(0, 5, (2, 3))
    order = [network.token.weight, network.position.weight]
    for block in network.blocks:
        for part in block.norm1, block.qkv, block.projection, block.norm2, block.wide, block.narrow:
            order += [part.weight, part.bias]
    order += [network.norm.weight, network.norm.bias, network.output.weight]
    network.forward = lambda x: network.output(
        network.norm(network.blocks(network.token(x) + network.position.weight)))
    adamw = torch.optim.AdamW(network.parameters(), 0.01)
    return case("gpt", network, adamw, x, y, of_tokens, [(p, same) for p in order])


if __name__ == "__main__":
    torch.manual_seed(1)
    cases = [xor(), mlp(), convolutional(), lstm(), gpt()]
    made = f"bench/src/test/golden/make_golden.py with PyTorch {torch.__version__}, float64"
    target = ROOT / "src" / "test" / "resources" / "golden" / "training.json"
    text = json.dumps({"made": made, "cases": cases}, separators=(",", ":"))
    target.write_text(text.replace('{"name"', '\n{"name"').replace('"shape"', '\n"shape"') + "\n")
