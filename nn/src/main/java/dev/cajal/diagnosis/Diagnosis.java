package dev.cajal.diagnosis;

import dev.cajal.train.Event;
import dev.cajal.train.Samples;
import dev.cajal.train.Trained;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a good teacher would say of a training run, from its curves, what went on in the layers, and
 * the samples.
 *
 * <pre>{@code
 * var probe = Probe.of(model, loss, training);
 * Trained trained = Trainer.of(model, loss).telling(probe).fit(training, validation);
 * System.out.println(Diagnosis.of(trained, probe, training, validation));
 * // over fitting: the network knows the training samples by heart, and others much worse
 * //   measured  the validation loss rose from 0.65 in epoch 3 to 3.11, while …
 * //   try       get more training samples, or take a smaller network with dropout
 * }</pre>
 *
 * <p>An illness is named only where chance is no likely reason for what was measured. What follows
 * from another illness is no finding of its own, but told with its cause.
 *
 * @param findings what ails the network, causes that were there first before others
 * @param examined what was looked for, found or not
 */
public record Diagnosis(List<Finding> findings, Set<Illness> examined) {

  public Diagnosis {
    findings = List.copyOf(findings);
    examined = Collections.unmodifiableSet(copy(examined));
  }

  private static Set<Illness> copy(Set<Illness> some) {
    Set<Illness> ordered = EnumSet.noneOf(Illness.class);
    ordered.addAll(some);
    return ordered;
  }

  /**
   * Of a run with all that can be known.
   *
   * @throws IllegalArgumentException if the probe did not listen to the run
   */
  public static Diagnosis of(Trained trained, Probe probe, Samples training, Samples validation) {
    Chart chart = chart(trained, probe);
    return of(
        chart.with(
            Outcome.of(trained, probe.loss(), training),
            Optional.of(Outcome.of(trained, probe.loss(), validation))));
  }

  /**
   * Of a run without validation samples.
   *
   * @throws IllegalArgumentException if the probe did not listen to the run
   */
  public static Diagnosis of(Trained trained, Probe probe, Samples training) {
    Chart chart = chart(trained, probe);
    return of(chart.with(Outcome.of(trained, probe.loss(), training), Optional.empty()));
  }

  private static Chart chart(Trained trained, Probe probe) {
    probe.requireThatOf(trained);
    return Chart.of(Curves.of(trained.history()), Optional.of(probe));
  }

  /** Of a run that goes on still, or broke off because the loss was no number any more. */
  public static Diagnosis of(Probe probe) {
    Optional<Probe> withMeasurements =
        Optional.of(probe).filter(its -> !its.measurements().isEmpty());
    return of(Chart.of(Curves.of(probe.history()), withMeasurements));
  }

  /** By the curves alone. */
  public static Diagnosis ofHistory(List<Event.Epoch> history) {
    return of(Chart.of(Curves.of(history), Optional.empty()));
  }

  private static Diagnosis of(Chart chart) {
    List<Examination> all = Examination.of(chart);
    return new Diagnosis(
        Causes.of(all.stream().flatMap(each -> each.findings().stream()).toList()).stream()
            .map(new Remedies(chart)::of)
            .toList(),
        all.stream().flatMap(each -> each.examined().stream()).collect(Collectors.toSet()));
  }

  /** Whether an illness is found, as such or as what another one explains. */
  public boolean has(Illness illness) {
    return findings.stream()
        .anyMatch(each -> each.illness() == illness || each.explains().contains(illness));
  }

  /** A few lines for each finding, and what was looked for. */
  @Override
  public String toString() {
    if (findings.isEmpty() && examined.isEmpty()) {
      return "nothing could be looked for: there are too few epochs, and no probe";
    }
    String looked =
        Text.wrapped(
            4,
            "looked for "
                + examined.stream().map(Illness::toString).collect(Collectors.joining(", ")));
    String found =
        findings.isEmpty()
            ? "nothing was found"
            : findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    return found + "\n" + looked;
  }
}
