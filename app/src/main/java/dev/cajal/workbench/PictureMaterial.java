package dev.cajal.workbench;

import dev.cajal.data.builtin.DigitPictures;
import dev.cajal.data.builtin.Digits;
import dev.cajal.data.image.Fit;
import dev.cajal.data.image.ImageSets;
import dev.cajal.data.image.Images;
import dev.cajal.data.image.PictureSamples;
import dev.cajal.data.image.Pictures;
import dev.cajal.data.image.PixelFormat;
import dev.cajal.data.model.PictureModel;
import dev.cajal.data.prepare.Target;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Conv2d;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Flatten;
import dev.cajal.nn.Layer;
import dev.cajal.nn.MaxPool;
import dev.cajal.nn.SavedModel;
import dev.cajal.nn.Sequential;
import dev.cajal.random.RandomStream;
import dev.cajal.report.Data;
import dev.cajal.report.Importance;
import dev.cajal.tensor.Array;
import dev.cajal.train.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Pictures, ready to be learned from. */
public final class PictureMaterial implements Material {
  /** Built-in digits: as many as train in seconds. */
  private static final int DIGITS = 6000;

  private static final int JUDGED = 1000;

  /** Pictures are halved until no side is longer than this. */
  private static final int SMALL = 8;

  private final String source;
  private final Pictures learned;
  private final Pictures stopping;
  private final Pictures tested;
  private final List<String> notes;
  private final String divided;
  private final Samples training;
  private final Samples validation;

  private PictureMaterial(
      String source, List<? extends Pictures> parts, List<String> notes, String divided) {
    this.source = source;
    this.learned = parts.get(0);
    this.stopping = parts.get(1);
    this.tested = parts.get(2);
    this.notes = List.copyOf(notes);
    this.divided = divided;
    this.training = PictureSamples.of(learned);
    this.validation = PictureSamples.of(stopping);
  }

  /** The built-in digits, which are drawn as they are needed. */
  public static PictureMaterial digits(long seed) {
    Digits all = Digits.of(seed);
    return new PictureMaterial(
        "digits",
        List.of(
            new DigitPictures(all, 0, DIGITS),
            new DigitPictures(all, DIGITS, JUDGED),
            new DigitPictures(all, DIGITS + JUDGED, 2 * JUDGED)),
        List.of(),
        "in the order in which they are drawn");
  }

  /** Pictures from files; what the files do not divide is divided at random. */
  public static PictureMaterial of(String source, ImageSets sets, long seed) {
    Images rest = sets.train();
    var how = new ArrayList<String>();
    Images test = sets.test().orElse(null);
    double all = 1;
    if (test == null) {
      List<Images> parts = parts(rest, 0.2, seed, "test");
      rest = parts.get(0);
      test = parts.get(1);
      all = 0.8;
      how.add("test pictures at random");
    } else {
      how.add("test pictures as the files have them");
    }
    Images validation = sets.validation().orElse(null);
    if (validation == null) {
      List<Images> parts = parts(rest, sets.test().isPresent() ? 0.1 : 0.2 / all, seed, "stop");
      rest = parts.get(0);
      validation = parts.get(1);
      how.add("validation pictures at random");
    }
    return new PictureMaterial(
        source, List.of(rest, validation, test), sets.notes(), String.join(", ", how));
  }

  private static List<Images> parts(Images images, double second, long seed, String name) {
    int[] order = RandomStream.of(seed, name).permutation(images.count());
    int first = order.length - (int) Math.round(second * order.length);
    return List.of(
        images.select(sorted(Arrays.copyOfRange(order, 0, first))),
        images.select(sorted(Arrays.copyOfRange(order, first, order.length))));
  }

  private static int[] sorted(int[] positions) {
    Arrays.sort(positions);
    return positions;
  }

  @Override
  public String title() {
    return "classes of pictures from %s".formatted(source);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public Samples training() {
    return training;
  }

  @Override
  public Samples validation() {
    return validation;
  }

  @Override
  public Samples test() {
    return PictureSamples.of(tested);
  }

  @Override
  public Target target() {
    return new Target.Classes("class", learned.classes());
  }

  @Override
  public Plan plan(Wishes wishes) {
    // Built-in ones are there to see something at once; convolutions take a moment to get going.
    return Plan.ofPictures(wishes, !(learned instanceof DigitPictures));
  }

  /** Convolutions, each followed by a pool that halves the picture, and dense layers. */
  @Override
  public Layer network(Plan plan) {
    PixelFormat format = learned.format();
    var layers = new ArrayList<Layer>();
    int channels = format.channels();
    int height = format.height();
    int width = format.width();
    int filters = 16;
    while (plan.convolutions() && Math.min(height, width) > 1 && Math.max(height, width) > SMALL) {
      layers.add(new Conv2d(channels, filters, 3, plan.activation()));
      layers.add(MaxPool.of(2, 2));
      channels = filters;
      filters *= 2;
      height /= 2;
      width /= 2;
    }
    layers.add(new Flatten());
    int size = channels * height * width;
    for (int hidden : plan.hidden()) {
      layers.add(new Dense(size, hidden, plan.activation()));
      if (plan.dropout() > 0) {
        layers.add(new Dropout(plan.dropout()));
      }
      size = hidden;
    }
    layers.add(new Dense(size, learned.classes().size(), Activation.IDENTITY));
    return new Sequential(layers);
  }

  @Override
  public Object[] inputShape() {
    PixelFormat format = learned.format();
    return new Object[] {format.height(), format.width(), format.channels()};
  }

  @Override
  public SavedModel described(SavedModel network) {
    return new PictureModel(network, learned.format(), Fit.CROP, learned.classes()).saved();
  }

  @Override
  public Data data() {
    return new Data(
        source,
        learned.count() + stopping.count() + tested.count(),
        List.of(),
        List.of(),
        new Data.Split(learned.count(), stopping.count(), tested.count(), divided),
        classes());
  }

  private List<Data.ClassCount> classes() {
    int[] a = counts(learned);
    int[] b = counts(stopping);
    int[] c = counts(tested);
    return IntStream.range(0, a.length)
        .mapToObj(i -> new Data.ClassCount(learned.classes().get(i), a[i], b[i], c[i]))
        .toList();
  }

  private static int[] counts(Pictures pictures) {
    var counts = new int[pictures.classes().size()];
    for (int i = 0; i < pictures.count(); i++) {
      counts[pictures.label(i)]++;
    }
    return counts;
  }

  @Override
  public String shown(int test) {
    return "picture " + (test + 1);
  }

  @Override
  public Optional<Importance> importance(UnaryOperator<Array> predict) {
    return Optional.empty();
  }
}
