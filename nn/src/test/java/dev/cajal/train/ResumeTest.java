package dev.cajal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.CajalException;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Losses;
import dev.cajal.nn.Parameters;
import dev.cajal.nn.SavedModel;
import dev.cajal.nn.Sequential;
import dev.cajal.optim.Learner;
import dev.cajal.optim.Optimizers;
import dev.cajal.optim.Optimizers.Sgd;
import dev.cajal.optim.Schedule;
import dev.cajal.tensor.Array;
import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final List<Batch> PARTS = KeptRun.samples();

  @TempDir private Path folder;

  /** What is left of a run, times apart. */
  private record Left(Map<String, Array> parameters, List<Event.Epoch> history, int best) {
    static Left of(Layer model, Trained trained) {
      Map<String, Array> parameters = new LinkedHashMap<>();
      Parameters.of(model)
          .byPath()
          .forEach((path, parameter) -> parameters.put(path, parameter.array().copy()));
      return new Left(
          parameters, trained.history().stream().map(Left::timeless).toList(), trained.bestEpoch());
    }

    private static Event.Epoch timeless(Event.Epoch it) {
      return new Event.Epoch(
          it.number(), it.step(), it.loss(), it.validation(), it.metrics(), it.isBest(), 0);
    }
  }

  private static Left neverStopped() {
    Layer model = KeptRun.model();
    return Left.of(model, KeptRun.trainer(model).fit(PARTS.get(0), PARTS.get(1)));
  }

  private static int countOfSteps(Left left) {
    return (int) left.history().getLast().step();
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @Test
  void aRunThatStopsAgainAndAgainIsToTheBitOneThatNeverDid() {
    Left never = neverStopped();
    var random = new SplittableRandom(2);
    var stops = new ArrayList<Long>();
    while (true) {
      // As in a new process: nothing is left of the model but what is in the folder.
      Layer model = KeptRun.model();
      long[] now = {0};
      long[] left = {random.nextInt(1, 150)};
      Trained trained =
          KeptRun.trainer(model)
              .in(folder)
              .telling(event -> {
                if (event instanceof Event.Step step) {
                  now[0] = step.number();
                  left[0]--;
                }
              })
              .stopWhen(() -> left[0] <= 0)
              .resume(PARTS.get(0), PARTS.get(1));
      if (trained.ending() == Ending.DONE) {
        assertThat(Left.of(model, trained)).isEqualTo(never);
        break;
      }
      assertThat(trained.ending()).isEqualTo(Ending.STOPPED);
      stops.add(now[0]);
    }
    assertThat(stops).hasSizeGreaterThan(3).isSorted().doesNotHaveDuplicates();
    assertThat(stops).anyMatch(step -> step % (countOfSteps(never) / 40) != 0);
  }

  private void run(int epochs) {
    KeptRun.trainer(KeptRun.model()).epochs(epochs).in(folder).fit(PARTS.get(0), PARTS.get(1));
  }

  @Test
  void aFinishedRunMayHaveMoreEpochs() {
    run(5);
    Layer model = KeptRun.model();
    Trained trained = KeptRun.trainer(model).in(folder).resume(PARTS.get(0), PARTS.get(1));
    assertThat(Left.of(model, trained)).isEqualTo(neverStopped());
  }

  @Test
  void aFinishedRunIsNotDoneAgain() {
    run(2);
    var events = new ArrayList<Event>();
    Layer model = KeptRun.model();
    Trained trained =
        KeptRun.trainer(model)
            .epochs(2)
            .in(folder)
            .telling(events::add)
            .resume(PARTS.get(0), PARTS.get(1));
    assertThat(events).noneMatch(Event.Step.class::isInstance);
    assertThat(((Event.Began) events.getFirst()).done()).isEqualTo(OptionalLong.of(28));
    assertThat(trained.history()).hasSize(2);
    assertThat(trained.ending()).isEqualTo(Ending.DONE);
  }

  @Test
  void twoCheckpointsAreKept() throws IOException {
    run(3);
    assertThat(checkpoints()).hasSize(2);
    assertThat(checkpoints().getLast()).hasFileName("step-000000000042.safetensors");
  }

  @Test
  void theHistoryIsATable() throws IOException {
    run(3);
    List<String> lines = Files.readAllLines(folder.resolve("history.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst())
        .isEqualTo("epoch,step,loss,validation_loss,accuracy,f1,best,seconds");
    assertThat(lines.get(3)).startsWith("3,42,0.").matches("(.*,){7}[0-9.]+");
  }

  @Test
  void theOneBeforeIsTakenOfADamagedCheckpoint() throws IOException {
    run(3);
    Path newest = checkpoints().getLast();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 4;
    Files.write(newest, bytes);
    var events = new ArrayList<Event>();
    Layer model = KeptRun.model();
    Trained trained =
        KeptRun.trainer(model).in(folder).telling(events::add).resume(PARTS.get(0), PARTS.get(1));
    assertThat(Left.of(model, trained)).isEqualTo(neverStopped());
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            Event.Damaged.class,
            damaged -> {
              assertThat(damaged.file()).isEqualTo(newest);
              assertThat(damaged.what()).contains("checksum");
            });
  }

  @Test
  void nothingBeginsAnewWhereAllCheckpointsAreDamaged() throws IOException {
    run(2);
    for (Path checkpoint : checkpoints()) {
      Files.write(checkpoint, new byte[] {1, 2, 3});
    }
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(CajalException.class)
          .isThrownBy(() -> KeptRun.trainer(KeptRun.model()).in(folder).resume(PARTS.getFirst()))
          .withMessageContaining("no checkpoint in %s is whole", folder.resolve("checkpoints"));
    }
  }

  private void assertRefused(Trainer trainer, Batch training, String message) {
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> trainer.in(folder).resume(training, PARTS.get(1)))
        .withMessage("the run in %s can't be resumed: %s", folder, message);
  }

  @Test
  void anotherRunIsNotTakenForTheSame() {
    run(1);
    Trainer trainer = KeptRun.trainer(KeptRun.model());
    Batch training = PARTS.get(0);
    assertRefused(trainer.batch(16), training, "its batch was 8, and is 16");
    assertRefused(trainer.seed(4), training, "its seed was 3, and is 4");
    assertRefused(trainer.schedule(Schedule.cosine(3, 0)), training, "its schedule is another");
    assertRefused(
        trainer.metrics(Metric.topK(2)),
        training,
        "its metrics was accuracy, f1, and is accuracy, f1, top2");
    assertRefused(trainer.optimizer(new Sgd(1)), training, "its optimizer is another");
    assertRefused(trainer, training.part(0, 100), "its training data is another");
    assertRefused(
        Trainer.of(KeptRun.model(), Losses.multiClassHinge()), training, "its loss is another");
    assertRefused(
        KeptRun.trainer(Sequential.ofSizes(Activation.RELU, 2, 5, 3)),
        training,
        "its parameter layers.0.weight was f32 [32, 2], and is f32 [5, 2]");
  }

  @Test
  void anEpochThatWasCutShortIsNotGoneOnWith() {
    Trainer trainer = KeptRun.trainer(KeptRun.model()).in(folder);
    trainer.steps(17).fit(PARTS.get(0), PARTS.get(1));
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> trainer.steps(20).resume(PARTS.get(0), PARTS.get(1)))
        .withMessageContaining("its last epoch was cut short after step 17");
    assertThat(trainer.steps(17).resume(PARTS.get(0), PARTS.get(1)).history()).hasSize(2);
  }

  @Test
  void whatWasBeingWrittenWhenItWasKilledIsRemoved() throws IOException {
    run(1);
    Path part = folder.resolve("checkpoints").resolve("step-000000000099.safetensors.part");
    Files.write(part, new byte[] {1});
    KeptRun.trainer(KeptRun.model()).epochs(2).in(folder).resume(PARTS.get(0), PARTS.get(1));
    assertThat(part).doesNotExist();
  }

  @Test
  void anInterruptBeforeItBeginsIsNoReasonNotToReadWhatIsThere() {
    run(1);
    Thread.currentThread().interrupt();
    Trained trained =
        KeptRun.trainer(KeptRun.model()).in(folder).resume(PARTS.get(0), PARTS.get(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(trained.ending()).isEqualTo(Ending.STOPPED);
    assertThat(trained.history()).hasSize(1);
  }

  @Test
  void aFolderHasOneRun() {
    run(1);
    assertThatExceptionOfType(CajalException.class)
        .isThrownBy(() -> run(1))
        .withMessage("there is a run in %s already: resume it, or choose another folder", folder);
  }

  @Test
  void aFolderIsForOneProcess() {
    try (RunFolder _ = RunFolder.open(folder)) {
      assertThatExceptionOfType(CajalException.class)
          .isThrownBy(() -> run(1))
          .withMessageContaining("another thread, works in");
    }
  }

  /** As where a server takes a task back. */
  @Test
  void anInterruptStopsAndSaves() {
    Layer model = KeptRun.model();
    Trained stopped =
        KeptRun.trainer(model)
            .in(folder)
            .telling(event -> {
              if (event instanceof Event.Step(long number, _, _, _, _) && number == 100) {
                Thread.currentThread().interrupt();
              }
            })
            .fit(PARTS.get(0), PARTS.get(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.ending()).isEqualTo(Ending.STOPPED);
    Layer again = KeptRun.model();
    Trained trained = KeptRun.trainer(again).in(folder).resume(PARTS.get(0), PARTS.get(1));
    assertThat(Left.of(again, trained)).isEqualTo(neverStopped());
  }

  @Test
  void parametersOfTheBestEpochAreLeftWhenItStops() {
    Layer model = KeptRun.model();
    Trained stopped =
        KeptRun.trainer(model)
            .stopWhen(() -> Thread.currentThread().isInterrupted())
            .epochs(7)
            .fit(PARTS.get(0), PARTS.get(1));
    Event.Epoch best = stopped.history().get(stopped.bestEpoch() - 1);
    assertThat(stopped.loss(PARTS.get(1))).isEqualTo(best.validation().orElseThrow());
    assertThat(stopped.test(PARTS.get(1)).metrics()).isEqualTo(best.metrics());
    assertThat(Parameters.of(model).all()).allMatch(Parameter::hasNumbers);
  }

  @Test
  void aStepOfTheScheduleThatComesLaterIsAnotherRun() {
    trainerOf(Schedule.steps(0.01, 15)).epochs(1).resume(PARTS.get(0), PARTS.get(1));

    assertThatThrownBy(
            () -> trainerOf(Schedule.steps(0.01, 18)).epochs(2).resume(PARTS.get(0), PARTS.get(1)))
        .hasMessageContaining("schedule");
  }

  @Test
  void aScheduleOfSoManyStepsAsTheRunHasWillDo() {
    double[] rates = new double[40];
    Arrays.fill(rates, 1);

    Trained trained =
        trainerOf(step -> rates[(int) step]).steps(30).resume(PARTS.get(0), PARTS.get(1));

    assertThat(trained.ending()).isEqualTo(Ending.DONE);
  }

  private Trainer trainerOf(Schedule schedule) {
    return KeptRun.trainer(KeptRun.model()).schedule(schedule).in(folder);
  }

  @Test
  void whoLooksAtAPartOfTheModelDoesNotDisturbTheRun() {
    record Two(Dense a, Dense b) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return b.apply(a.apply(x));
      }
    }
    var model = new Two(new Dense(2, 4, Activation.TANH), new Dense(4, 3));

    Trainer.of(model, Losses.crossEntropy())
        .epochs(2)
        .in(folder)
        .telling(_ -> {
          Parameters.of(model.a());
          Parameters.of(model.b());
        })
        .fit(PARTS.get(0));

    assertThat(SavedModel.read(folder).parameters()).containsKeys("a.weight", "b.bias");
  }

  @Test
  void ofARunThatDivergesTheBestModelIsKept() {
    Layer model = Sequential.ofSizes(Activation.RELU, 2, 16, 3);
    Schedule breaks = step -> step < 60 ? 1 : 1e30;

    assertThatThrownBy(() ->
            Trainer.of(model, Losses.crossEntropy())
                .optimizer(new Optimizers.Sgd(0.1))
                .schedule(breaks)
                .batch(10)
                .epochs(9)
                .in(folder)
                .fit(PARTS.get(0)))
        .isInstanceOf(DivergedException.class);

    SavedModel kept = SavedModel.read(folder);
    assertThat(kept.predict(PARTS.get(1).x()))
        .isEqualTo(SavedModel.of(model, 2).predict(PARTS.get(1).x()));
    assertThat(folder.resolve("history.csv")).content().hasLineCount(3);
  }

  @Test
  void aMaskOfInfinitiesThatIsNotLearnedIsNoDivergence() {
    record Masked(Dense dense, Parameter mask) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return dense.apply(x).plus(mask.value());
      }
    }
    Parameter mask = Parameter.of("mask", Array.of(new float[] {0, 0, 0, Float.NEGATIVE_INFINITY}));
    var model = new Masked(new Dense(2, 4), mask);

    Trained trained =
        Trainer.of(model, Losses.crossEntropy())
            .learner(Learner.of(new Optimizers.Adam(0.01)).freeze(path -> path.equals("mask")))
            .epochs(2)
            .fit(PARTS.get(0));

    assertThat(trained.ending()).isEqualTo(Ending.DONE);
  }
}
