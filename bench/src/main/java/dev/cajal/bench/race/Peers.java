package dev.cajal.bench.race;

import static dev.cajal.bench.race.Workload.W1;
import static dev.cajal.bench.race.Workload.W2;
import static dev.cajal.bench.race.Workload.W3;
import static dev.cajal.bench.race.Workload.W4;
import static dev.cajal.bench.race.Workload.W5;
import static dev.cajal.bench.race.Workload.W7;
import static dev.cajal.bench.race.Workload.W8;
import static dev.cajal.bench.race.Workload.W9;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whom Cajal is measured beside. Each is in a folder of its own and is told as its own
 * documentation advises.
 */
final class Peers {
  static final String PYTORCH = "PyTorch";
  static final String TENSORFLOW = "TensorFlow";
  static final String DJL = "DJL";
  static final String DEEPLEARNING4J = "DL4J";
  static final String SMILE = "Smile";
  static final String ENCOG = "Encog";
  static final String ONNX_RUNTIME = "ONNX Runtime";
  static final String SCIKIT_LEARN = "scikit-learn";
  static final String OPENBLAS = "OpenBLAS";

  /** The threads of OpenMP, OpenBLAS and MKL; who does not use them does not mind. */
  private static final Map<String, String> THREADS =
      Map.of(
          "OMP_NUM_THREADS", "{threads}",
          "OPENBLAS_NUM_THREADS", "{threads}",
          "MKL_NUM_THREADS", "{threads}");

  /**
   * As it comes, glibc gives freed memory back to the system and gets it anew in each step, which
   * costs PyTorch up to a third of its speed.
   */
  private static final Map<String, String> MALLOC =
      Map.of(
          "MALLOC_TRIM_THRESHOLD_", "1073741824",
          "MALLOC_MMAP_THRESHOLD_", "1073741824",
          "MALLOC_TOP_PAD_", "67108864");

  private Peers() {}

  /** All of them. */
  static List<Peer> all() {
    String extension = Machine.hasAvx512() ? "-avx512" : "-avx2";
    return List.of(
        new PythonPeer(PYTORCH, "pytorch", "torch", EnumSet.allOf(Workload.class), with(MALLOC)),
        java(TENSORFLOW, "TensorFlowPeer", EnumSet.of(W2, W3, W7, W9)),
        new JavaPeer(
            DJL,
            "DjlPeer",
            EnumSet.of(W1, W2, W3, W4, W5, W7, W8, W9),
            List.of(
                "-Dai.djl.pytorch.num_threads={threads}",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-DOPT_OUT_TRACKING=true"),
            with(MALLOC)),
        java(
            DEEPLEARNING4J,
            "Deeplearning4jPeer",
            EnumSet.of(W1, W2, W3, W4, W5, W7, W8, W9),
            "-Dorg.bytedeco.javacpp.platform.extension=" + extension),
        java(SMILE, "SmilePeer", EnumSet.of(W1, W2, W3, W7, W8)),
        java(ENCOG, "EncogPeer", EnumSet.of(W1, W7)),
        java(ONNX_RUNTIME, "OnnxRuntimePeer", EnumSet.of(W7, W9)),
        new PythonPeer(SCIKIT_LEARN, "scikit-learn", "sklearn", EnumSet.of(W2, W7, W8), THREADS),
        java(OPENBLAS, "OpenBlasPeer", EnumSet.of(W9)));
  }

  private static Peer java(String name, String main, Set<Workload> workloads, String... options) {
    return new JavaPeer(name, main, workloads, List.of(options), THREADS);
  }

  private static Map<String, String> with(Map<String, String> more) {
    var both = new HashMap<>(THREADS);
    both.putAll(more);
    return Map.copyOf(both);
  }
}
