package dev.cajal.data.image;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.util.stream.IntStream;

/** Pictures to learn from: x {@code [samples, height, width, channels]} from 0 to 1, y labels. */
public final class PictureSamples implements Samples {
  /** As floats, no more numbers than these are kept: 64 MB. */
  private static final long FEW = 1 << 24;

  private final Pictures pictures;

  private PictureSamples(Pictures pictures) {
    this.pictures = pictures;
  }

  /** Drawn each time that they are asked for; or once, by several threads, if there are few. */
  public static Samples of(Pictures pictures) {
    var all = new PictureSamples(pictures);
    return (long) pictures.count() * pictures.format().bytes() > FEW
        ? all
        : all.part(0, all.size());
  }

  @Override
  public int size() {
    return pictures.count();
  }

  @Override
  public Batch rows(int... positions) {
    PixelFormat format = pictures.format();
    var x = new float[Math.multiplyExact(positions.length, format.bytes())];
    var y = new int[positions.length];
    IntStream all = IntStream.range(0, positions.length);
    (positions.length > 256 ? all.parallel() : all)
        .forEach(i -> {
          pictures.draw(positions[i], x, i * format.bytes());
          y[i] = pictures.label(positions[i]);
        });
    Shape shape = Shape.of(positions.length, format.height(), format.width(), format.channels());
    return Batch.of(Array.wrap(x, shape), Array.wrap(y, Shape.of(positions.length)));
  }
}
