package dev.cajal.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoalTest {

  @Test
  void whereMoreIsBetterTheRatioIsTheLeast() {
    Goal goal = goal(Workload.W2, "samples", 2, "TensorFlow");
    assertThat(goal.isMetBy(1.5)).isTrue();
    assertThat(goal.isMetBy(1.49)).isFalse();
  }

  @Test
  void whereLessIsBetterTheRatioIsTheMost() {
    Goal goal = goal(Workload.W7, "p99", 1, "ONNX Runtime");
    assertThat(goal.isMetBy(0.5)).isTrue();
    assertThat(goal.isMetBy(0.51)).isFalse();
  }

  @Test
  void moreThanTwoThreadsHaveTheGoalOfTwo() {
    assertThat(goal(Workload.W2, "samples", 16, "TensorFlow").ratio()).isEqualTo(1.5);
  }

  @ParameterizedTest
  @EnumSource
  void everyWorkloadHasAGoalAndTheMemoryOfPyTorchAsAnother(Workload workload) {
    List<String> peers = Peers.all().stream().map(Peer::name).toList();
    assertThat(workload.metrics())
        .allMatch(metric ->
            peers.stream().anyMatch(peer -> Goal.of(workload, metric, 1, peer).isPresent()));
    assertThat(goal(workload, "memory", 1, "PyTorch").ratio()).isEqualTo(0.5);
  }

  private static Goal goal(Workload workload, String metric, int threads, String peer) {
    return Goal.of(workload, workload.metric(metric), threads, peer).orElseThrow();
  }
}
