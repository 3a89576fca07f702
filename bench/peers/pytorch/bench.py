"""PyTorch: bench.py WORKLOAD THREADS, in eager mode, as its tutorials write networks."""

import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import meter  # noqa: E402

RATE = 1e-6  # weights stay where they are, however often the same batches come


def mlp(*sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def convolutional():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(65, 64)
        self.lstm = nn.LSTM(64, 256, batch_first=True)
        self.output = nn.Linear(256, 65)

    def forward(self, x):
        states, _ = self.lstm(self.embedding(x))
        return self.output(states).reshape(-1, 65)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.projection = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        x = x + self.projection(self.attention(self.norm1(x)))
        return x + self.narrow(F.gelu(self.wide(self.norm2(x))))

    def attention(self, x):
        batch, time, width = x.shape
        heads = (part.view(batch, time, self.heads, width // self.heads).transpose(1, 2)
                 for part in self.qkv(x).split(width, 2))
        mixed = F.scaled_dot_product_attention(*heads, is_causal=True)
        return mixed.transpose(1, 2).reshape(batch, time, width)


class Gpt(nn.Module):
    def __init__(self, tokens=65, width=128, heads=4, layers=4, context=128):
        super().__init__()
        self.token, self.position = nn.Embedding(tokens, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(layers)])
        self.norm, self.output = nn.LayerNorm(width), nn.Linear(width, tokens, bias=False)

    def forward(self, x):
        x = self.token(x) + self.position(torch.arange(x.shape[1]))
        return self.output(self.norm(self.blocks(x))).reshape(-1, 65)


def step(model, optimizer, xs, ys, loss_function=F.cross_entropy):
    """A step of training, on one batch after the other."""
    at = 0

    def run():
        nonlocal at
        at = (at + 1) % len(xs)
        optimizer.zero_grad()
        loss = loss_function(model(xs[at]), ys[at])
        loss.backward()
        optimizer.step()
        return loss

    return run


def images(count, batch, *shape):
    return ([torch.randn(batch, *shape) for _ in range(count)],
            [torch.randint(0, 10, (batch,)) for _ in range(count)])


def tokens(batch, time):
    return ([torch.randint(0, 65, (batch, time)) for _ in range(8)],
            [torch.randint(0, 65, (batch * time,)) for _ in range(8)])


def adam(model, rate=RATE):
    return torch.optim.Adam(model.parameters(), rate, fused=True)  # not the default, but the fastest


def w1():
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([[0.0], [1], [1], [0]])
    sgd = torch.optim.SGD(model.parameters(), 0.5)
    meter.rate("steps", 1, step(model, sgd, [x], [y], F.mse_loss))


def w2():
    model = mlp(784, 256, 128, 10)
    meter.rate("samples", 64, step(model, adam(model), *images(16, 64, 784)))


def w3():
    model = mlp(784, 2048, 2048, 10)
    meter.rate("samples", 256, step(model, adam(model), *images(8, 256, 784)))


def w4():
    model = convolutional()
    meter.rate("samples", 64, step(model, adam(model), *images(16, 64, 1, 28, 28)))


def w5():
    model = Lstm()
    meter.rate("tokens", 32 * 64, step(model, adam(model), *tokens(32, 64)))


def w6():
    model = Gpt()
    assert sum(parameter.numel() for parameter in model.parameters()) == 826_368
    adamw = torch.optim.AdamW(model.parameters(), RATE, fused=True)
    meter.rate("tokens", 16 * 128, step(model, adamw, *tokens(16, 128)))


def w7():
    model, x = mlp(784, 256, 128, 10).eval(), torch.randn(1, 784)
    with torch.inference_mode():
        meter.latency(lambda: model(x))


def w8():
    model = mlp(784, 256, 128, 10)
    optimizer = adam(model, 1e-3)
    xs, ys = torch.randn(6000, 784), torch.randint(0, 10, (6000,))
    for rows in torch.randperm(6000).split(64):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(xs[rows]), ys[rows])
        loss.backward()
        optimizer.step()


def w9():
    for size in 1024, 2048:
        x, y, product = torch.randn(size, size), torch.randn(size, size), torch.empty(size, size)
        meter.rate(str(size), 2 * size**3 / 1e9, lambda: torch.mm(x, y, out=product))


if __name__ == "__main__":
    workload, threads = sys.argv[1], int(sys.argv[2])
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    torch.manual_seed(1)
    meter.peer("PyTorch " + torch.__version__)
    globals()[workload.lower()]()
    meter.memory()
