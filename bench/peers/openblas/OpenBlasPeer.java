import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import dev.cajal.bench.meter.Meter;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS, called on memory of its own; its threads are those of OPENBLAS_NUM_THREADS. */
public final class OpenBlasPeer {
  private static final Random RANDOM = new Random(1);

  private OpenBlasPeer() {}

  public static void main(String[] args) throws Exception {
    Meter.peer("OpenBLAS 0.3.31");
    for (int n : new int[] {1024, 2048}) {
      FloatPointer x = matrix(n);
      FloatPointer y = matrix(n);
      FloatPointer product = matrix(n);
      Meter.rate(
          String.valueOf(n),
          2e-9 * n * n * n,
          () ->
              cblas_sgemm(
                  CblasRowMajor,
                  CblasNoTrans,
                  CblasNoTrans,
                  n,
                  n,
                  n,
                  1,
                  x,
                  n,
                  y,
                  n,
                  0,
                  product,
                  n));
    }
    Meter.memory();
  }

  private static FloatPointer matrix(int n) {
    var numbers = new float[n * n];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) RANDOM.nextGaussian();
    }
    return new FloatPointer(numbers);
  }
}
