package dev.cajal.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a call does; a test that hangs has found a part that nobody does or a wait without end. */
@Timeout(60)
class WorkersRunTest {
  private static final Duration LIFE = Duration.ofSeconds(10);

  @Test
  void eachPartIsDoneOnce() {
    for (int threads : new int[] {1, 2, 3, 4, 8, 17}) {
      var workers = new Workers(threads, LIFE);
      for (int parts : new int[] {0, 1, 2, 3, 7, 8, 9, 100, 1000}) {
        for (int round = 0; round < 20; round++) {
          checkOneCall(workers, parts);
        }
      }
    }
  }

  @Test
  void eachPartIsDoneOnceWhenHelpersComeLate() throws InterruptedException {
    var workers = new Workers(3, LIFE);

    for (int round = 0; round < 50; round++) {
      checkOneCall(workers, 10);
      Thread.sleep(1); // time to park
    }
  }

  /** Each part is done once, and no two at the same time by a worker of the same number. */
  private static void checkOneCall(Workers workers, int parts) {
    var done = new AtomicIntegerArray(parts);
    var working = new AtomicIntegerArray(workers.count());
    var clashes = new AtomicInteger();

    workers.run(
        (part, worker) -> {
          clashes.addAndGet(working.getAndSet(worker, 1));
          done.incrementAndGet(part);
          working.set(worker, 0);
        },
        parts);

    assertThat(IntStream.range(0, parts).map(done::get)).allMatch(times -> times == 1);
    assertThat(clashes).hasValue(0);
  }

  @Test
  void asManyPartsAsWorkersRunAtTheSameTimeEachOnItsOwnThread() {
    var workers = new Workers(4, LIFE);
    var all = new CyclicBarrier(4);
    Set<String> names = ConcurrentHashMap.newKeySet();

    workers.run(
        (part, worker) -> {
          assertThat(worker).isEqualTo(part);
          names.add(worker == 0 ? "caller" : Thread.currentThread().getName());
          meet(all);
        },
        4);

    assertThat(names)
        .containsExactlyInAnyOrder("caller", "cajal-worker-1", "cajal-worker-2", "cajal-worker-3");
  }

  @Test
  void oneWorkerIsTheCaller() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Workers.of(1).run((_, _) -> threads.add(Thread.currentThread()), 10);

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whatTheCallerWroteIsSeenByThePartsAndTheReverse() {
    for (int threads : new int[] {2, 4}) {
      var workers = new Workers(threads, LIFE);
      int parts = 2 * threads;
      var in = new int[parts * 100];
      var out = new int[parts * 100];
      for (int round = 1; round <= 5_000; round++) {
        for (int i = 0; i < in.length; i++) {
          in[i] = round + i;
        }
        workers.run(
            (part, _) -> {
              for (int i = part * 100; i < (part + 1) * 100; i++) {
                out[i] = 2 * in[i];
              }
            },
            parts);
        for (int i = 0; i < out.length; i++) {
          if (out[i] != 2 * (round + i)) {
            throw new AssertionError("round " + round + ": " + out[i] + " at " + i);
          }
        }
      }
    }
  }

  @Test
  void aCallFromInsideAPartIsDoneByItsCaller() {
    var workers = new Workers(3, LIFE);
    var inner = new AtomicInteger();
    var strangers = new AtomicInteger();

    workers.run(
        (_, _) -> {
          Thread self = Thread.currentThread();
          workers.run(
              (_, worker) -> {
                inner.incrementAndGet();
                if (worker != 0 || !Thread.currentThread().equals(self)) {
                  strangers.incrementAndGet();
                }
              },
              5);
        },
        7);

    assertThat(inner).hasValue(35);
    assertThat(strangers).hasValue(0);
  }

  @Test
  void whoCallsWhileTheHelpersAreBusyDoesAllPartsWithoutWaiting() throws Exception {
    var workers = new Workers(2, LIFE);
    var inside = new CountDownLatch(2);
    var leave = new CountDownLatch(1);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> first =
          other.submit(() ->
              workers.run(
                  (_, _) -> {
                    inside.countDown();
                    awaitLatch(leave);
                  },
                  2));
      awaitLatch(inside);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();

      workers.run((_, _) -> threads.add(Thread.currentThread()), 8);

      assertThat(threads).containsExactly(Thread.currentThread());
      assertThat(first.isDone()).isFalse();
      leave.countDown();
      first.get();
    }
  }

  @Test
  void manyCallersAtOnceGetTheirOwnResults() throws Exception {
    for (ExecutorService callers :
        List.of(Executors.newFixedThreadPool(8), Executors.newVirtualThreadPerTaskExecutor())) {
      try (callers) {
        var workers = new Workers(3, LIFE);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
          calls.add(() -> {
            for (int round = 0; round < 300; round++) {
              checkOneCall(workers, 1 + round % 9);
            }
            return 1;
          });
        }
        for (Future<Integer> call : callers.invokeAll(calls)) {
          assertThat(call.get()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void aFailureOfAnyPartIsThrownInTheCallerAndTheWorkersLive() {
    var workers = new Workers(3, LIFE);
    for (int parts : new int[] {2, 3, 20}) {
      for (int failing = 0; failing < parts; failing++) {
        int bad = failing;
        var failure = new IllegalStateException("part " + bad);
        assertThatThrownBy(() ->
                workers.run(
                    (part, _) -> {
                      if (part == bad) {
                        throw failure;
                      }
                    },
                    parts))
            .isSameAs(failure);
        checkOneCall(workers, parts);
      }
    }
  }

  @Test
  void anErrorOnAHelperIsThrownAfterThePartsInProgress() {
    var workers = new Workers(2, LIFE);
    var both = new CyclicBarrier(2);
    var callerDone = new AtomicInteger();

    assertThatThrownBy(() ->
            workers.run(
                (part, _) -> {
                  meet(both);
                  if (part == 1) {
                    throw new StackOverflowError("of part 1");
                  }
                  pause();
                  callerDone.set(1);
                },
                2))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("of part 1");

    assertThat(callerDone).hasValue(1);
  }

  @Test
  void aFailureOfTheCallersPartIsThrownAfterThePartsInProgress() {
    var workers = new Workers(2, LIFE);
    var both = new CyclicBarrier(2);
    var helperDone = new AtomicInteger();

    assertThatThrownBy(() ->
            workers.run(
                (part, _) -> {
                  meet(both);
                  if (part == 0) {
                    throw new IllegalStateException("of part 0");
                  }
                  pause();
                  helperDone.set(1);
                },
                2))
        .hasMessage("of part 0");

    assertThat(helperDone).hasValue(1);
  }

  @Test
  void partsNotBegunAreLeftOutAfterAFailure() {
    var done = new AtomicInteger();

    assertThatThrownBy(() ->
            new Workers(2, LIFE)
                .run(
                    (_, _) -> {
                      done.incrementAndGet();
                      throw new IllegalStateException("at once");
                    },
                    1000))
        .hasMessage("at once");

    assertThat(done.get()).isBetween(1, 2);
  }

  @Test
  void anInterruptOfTheCallerStaysAndBreaksNothing() {
    var workers = new Workers(2, LIFE);
    var both = new CyclicBarrier(2);
    var helperDone = new AtomicInteger();

    workers.run(
        (part, _) -> {
          meet(both);
          if (part == 0) {
            Thread.currentThread().interrupt();
          } else {
            pause(); // for longer than the caller spins
            helperDone.set(1);
          }
        },
        2);

    assertThat(helperDone).hasValue(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
