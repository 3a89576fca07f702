package dev.cajal.diagnosis;

import dev.cajal.tensor.Array;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Shape;
import dev.cajal.train.Batch;
import dev.cajal.train.Samples;
import java.util.SplittableRandom;

/**
 * Made-up data whose difficulty is known. A seed gives the same task; another draw of it, other
 * samples.
 */
enum DataSet {
  // Those that thresholds were chosen with.
  BLOBS(3, 2) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      int c = random.nextInt(3);
      double turn = task.nextDouble(6);
      x[0] = (float) (1.6 * Math.cos(turn + 2.1 * c) + random.nextGaussian(0, 0.7));
      x[1] = (float) (1.6 * Math.sin(turn + 2.1 * c) + random.nextGaussian(0, 0.7));
      return c;
    }
  },
  SPIRALS(3, 2) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      int c = random.nextInt(3);
      double along = 0.1 + 0.9 * Math.sqrt(random.nextDouble());
      double angle = 4.5 * along + c * 2 * Math.PI / 3 + random.nextGaussian(0, 0.08);
      double turned = angle + task.nextDouble(6);
      x[0] = (float) (1.7 * along * Math.cos(turned));
      x[1] = (float) (1.7 * along * Math.sin(turned));
      return c;
    }
  },
  MOONS(2, 2) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      int c = random.nextInt(2);
      double angle = Math.PI * random.nextDouble();
      double side = c == 0 ? 1 : -1;
      x[0] = (float) (side * (Math.cos(angle) - 0.5) + random.nextGaussian(0, 0.15));
      x[1] = (float) (side * (Math.sin(angle) - 0.25) * 1.5 + random.nextGaussian(0, 0.15));
      return c;
    }
  },
  LINE(0, 4) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      double y = 1;
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
        y += x[i] * task.nextDouble(0.5, 1.5) * (task.nextBoolean() ? 1 : -1);
      }
      return (float) (y + random.nextGaussian(0, 0.2));
    }
  },
  SINES(0, 1) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      x[0] = (float) random.nextDouble(-1.7, 1.7);
      return (float) (Math.sin(3 * x[0] + task.nextDouble(6)) + random.nextGaussian(0, 0.1));
    }
  },
  // Those that they were not chosen with.
  RINGS(2, 2) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      int c = random.nextInt(2);
      double radius = (c == 0 ? 0.6 : 1.6) + random.nextGaussian(0, 0.18);
      double angle = random.nextDouble(2 * Math.PI);
      x[0] = (float) (radius * Math.cos(angle));
      x[1] = (float) (radius * Math.sin(angle));
      return c;
    }
  },
  CHECKERS(4, 3) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      for (int i = 0; i < 3; i++) {
        x[i] = (float) random.nextDouble(-1.7, 1.7);
      }
      int flip = task.nextInt(4);
      int c = (x[0] > 0 ? 1 : 0) + (x[1] > 0 == x[2] > 0 ? 2 : 0);
      return c ^ flip;
    }
  },
  FRIEDMAN(0, 6) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextDouble(-1.7, 1.7);
      }
      double shift = task.nextDouble(1);
      return (float)
          (Math.sin(x[0] * x[1] + shift)
              + 0.5 * x[2] * x[2]
              + 0.6 * x[3]
              + 0.3 * x[4]
              + random.nextGaussian(0, 0.2));
    }
  },
  WAVES(0, 2) {
    @Override
    float label(SplittableRandom random, float[] x, SplittableRandom task) {
      x[0] = (float) random.nextDouble(-1.7, 1.7);
      x[1] = (float) random.nextDouble(-1.7, 1.7);
      double shift = task.nextDouble(3);
      return (float)
          (2 * Math.sin(2 * x[0] + shift) * Math.cos(1.5 * x[1]) + random.nextGaussian(0, 0.2));
    }
  };

  /** 0 of a regression. */
  final int classes;

  final int features;

  DataSet(int classes, int features) {
    this.classes = classes;
    this.features = features;
  }

  /** Fills in the features, and gives the target. */
  abstract float label(SplittableRandom random, float[] x, SplittableRandom task);

  /** Samples of the seed's task. */
  Batch draw(int count, long seed, int draw) {
    var random = new SplittableRandom(31 * seed + 1000003L * draw);
    var x = new float[count][features];
    var y = new float[count];
    for (int i = 0; i < count; i++) {
      y[i] = label(random, x[i], new SplittableRandom(seed));
    }
    return samples(x, y);
  }

  /** Classes as numbers of them, but of two as yes or no. */
  Batch samples(float[][] x, float[] y) {
    Array all = Array.of(y);
    return Samples.of(
        Array.of(x),
        classes > 2 ? all.as(DType.I32, all.shape()) : all.as(DType.F32, Shape.of(y.length, 1)));
  }

  int outputs() {
    return classes > 2 ? classes : 1;
  }
}
