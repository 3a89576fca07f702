package dev.cajal.data.image;

import dev.cajal.CajalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does the same to many on several threads; what comes of it does not depend on how many. */
final class InParallel {
  private InParallel() {}

  /** The results in order; of several failures, the first in order is thrown. */
  static <A, B> List<B> map(int threads, List<A> all, Function<A, B> function) {
    try (ExecutorService workers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      try {
        List<Future<B>> futures = new ArrayList<>();
        for (A one : all) {
          futures.add(workers.submit(() -> function.apply(one)));
        }
        List<B> results = new ArrayList<>();
        for (Future<B> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CajalException("reading was interrupted", e);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case Error error -> throw error;
          case RuntimeException known -> throw known;
          case null, default -> throw new AssertionError("functions throw nothing else", e);
        }
      } finally {
        workers.shutdownNow();
      }
    }
  }
}
