"""Measures a step again and again, as Meter.java does for the JVM, and prints what it found."""

import resource
import sys
import time

BLOCKS, BLOCK_SECONDS = 9, 0.35
WARM_UP_SECONDS = 1.5  # there is no compiler to wait for


def peer(name):
    print("peer", name, sep="\t", flush=True)


def result(metric, value):
    print("result", metric, f"{value:.6g}", sep="\t", flush=True)


def rate(metric, units, step):
    """How many units are done in a second: the median of some blocks of steps."""
    steps = max(1, int(run(step, WARM_UP_SECONDS) * BLOCK_SECONDS))
    rates = []
    for _ in range(BLOCKS):
        start = time.perf_counter()
        for _ in range(steps):
            step()
        rates.append(steps * units / (time.perf_counter() - start))
    result(metric, sorted(rates)[BLOCKS // 2])


def run(step, seconds):
    """Runs for some time, and gives the steps a second of the later half, when it is warm."""
    start = middle = time.perf_counter()
    late = 0
    while time.perf_counter() - start < seconds or late == 0:
        step()
        if time.perf_counter() - start < seconds / 2:
            middle = time.perf_counter()
        else:
            late += 1
    return late / (time.perf_counter() - middle)


def latency(call):
    """What one call takes, in microseconds: the median, and what one call in a hundred exceeds."""
    run(call, WARM_UP_SECONDS)
    nanos = []
    for _ in range(50_000):
        start = time.perf_counter_ns()
        call()
        nanos.append(time.perf_counter_ns() - start)
    nanos.sort()
    result("p50", nanos[len(nanos) // 2] / 1e3)
    result("p99", nanos[len(nanos) // 100 * 99] / 1e3)


def memory():
    """The most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result("memory", peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
