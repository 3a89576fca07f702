package dev.cajal.engine.cpu;

import dev.cajal.compile.schedule.Node;
import dev.cajal.engine.cpu.emit.RandomNumbers;
import dev.cajal.random.RandomStream;
import dev.cajal.tensor.Op;
import java.util.Arrays;

/** Random numbers, which depend on the seed of the run, the stream and the position alone. */
final class RandomKernel implements RowKernel, Workers.Task {
  /** About how many plain operations a random number is. */
  private static final int COST = 8;

  private final Frame frame;
  private final Node node;
  private final Op.Random random;
  private final RandomCodes codes;
  private final Shares shares;

  /** What each worker makes numbers of. */
  private final int[][] bits;

  /** How many numbers belong to a row, if it is a part of a band. */
  private final int ofRow;

  RandomKernel(Node node, Op.Random random, Frame frame, Engine engine) {
    this(node, random, node.elements(), frame, engine);
  }

  /** A part of a band of so many rows. */
  RandomKernel(Node node, Op.Random random, int rows, Frame frame, Engine engine) {
    this.ofRow = node.elements() / Math.max(1, rows);
    this.frame = frame;
    this.node = node;
    this.random = random;
    this.codes = RandomCodes.of(random.distribution(), engine.lanes());
    this.bits = new int[engine.workers().count()][];
    Arrays.setAll(bits, _ -> RandomNumbers.memory());
    this.shares = new Shares(engine.workers(), node.elements(), COST);
  }

  @Override
  public void run() {
    shares.run(this);
  }

  @Override
  public void run(int part, int worker) {
    fill(shares.from(part), shares.to(part), worker);
  }

  @Override
  public void runRows(int from, int to) {
    fill(from * ofRow, to * ofRow, 0);
  }

  private void fill(int from, int to, int worker) {
    long seed = frame.seed();
    int at = frame.start(node) + from;
    switch (frame.array(node)) {
      case float[] f ->
          codes.best().fill(seed, random.stream(), from, f, at, to - from, bits[worker]);
      case double[] d -> fill(new RandomStream(seed, random.stream()), from, d, at, to - from);
      case Object other -> throw new AssertionError(other);
    }
  }

  private void fill(RandomStream stream, int from, double[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] =
          switch (random.distribution()) {
            case UNIFORM -> stream.uniform(from + i);
            case NORMAL -> stream.normal(from + i);
          };
    }
  }
}
