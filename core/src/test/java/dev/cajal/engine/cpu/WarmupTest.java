package dev.cajal.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cajal.autodiff.Gradient;
import dev.cajal.engine.Program;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Shape;
import dev.cajal.tensor.Tensor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmupTest {
  /** How long anything may take; it takes much less. */
  private static final int PATIENCE = 30;

  /** Work that gets quick after so many calls, and goes wrong after so many others. */
  private static final class Work implements Warmup.Candidate, Warmup.Rehearsal {
    private final int slow;
    private final int good;
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch changed = new CountDownLatch(1);
    private final AtomicBoolean isReset = new AtomicBoolean();

    Work(int slow, int good) {
      this.slow = slow;
      this.good = good;
    }

    @Override
    public Warmup.Rehearsal rehearsal() {
      return this;
    }

    @Override
    public void changeOver() {
      changed.countDown();
    }

    @Override
    public void reset() {
      isReset.set(true);
    }

    @Override
    public void plain() {
      spin(20_000);
    }

    @Override
    public void vectors() {
      int call = calls.incrementAndGet();
      if (call > good) {
        throw new IllegalStateException("as it was told to");
      }
      spin(call <= slow ? 200_000 : 2_000);
    }

    private static void spin(long nanos) {
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void codeChangesOverWhenItIsQuickAndNotBefore() throws InterruptedException {
    var work = new Work(100, Integer.MAX_VALUE);
    Warmup.add(work);
    assertThat(work.changed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(work.calls).hasValueGreaterThan(100);
    assertThat(work.isReset).isTrue();
  }

  @Test
  void codeThatFailsStaysUnusedAndKeepsNobodyFromChanging() throws InterruptedException {
    var bad = new Work(100, 20);
    var other = new Work(50, Integer.MAX_VALUE);
    Warmup.add(bad);
    Warmup.add(other);
    assertThat(other.changed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    assertThat(bad.changed.getCount()).isOne();
    assertThat(bad.calls).hasValue(21);
  }

  /** Of the kernels of a small network in training, some are loops, and some products. */
  @Test
  void kernelsChangeOver() throws InterruptedException {
    int failures = Warmup.failures();
    int changes = Warmup.changes();
    Tensor x = Tensor.input("x", 40, 60);
    Parameter w = Parameter.of("w", Array.wrap(new float[3000], Shape.of(60, 50)));
    Tensor loss = x.matmul(w.value()).tanh().softmax(-1).log().sum();
    String before = System.setProperty("cajal.vectors", "");
    Program.Call call;
    try {
      Tensor next = w.value().minus(Gradient.of(loss, w.value()).times(1e-3));
      call = Program.of(loss).updating(w, next).call();
      call.set("x", Array.wrap(new float[2400], Shape.of(40, 60))).run();
    } finally {
      System.setProperty("cajal.vectors", before == null ? "" : before);
    }
    long end = System.nanoTime() + PATIENCE * 1_000_000_000L;
    boolean hasVectors = Vectors.lanes().isVector();
    while (hasVectors && Warmup.changes() < changes + 3 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    call.run();
    assertThat(Warmup.failures()).isEqualTo(failures);
    assertThat(Warmup.changes()).isGreaterThanOrEqualTo(hasVectors ? changes + 3 : 0);
  }
}
