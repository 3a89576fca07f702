package dev.cajal.diagnosis;

import dev.cajal.CajalException;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Loss;
import dev.cajal.optim.Optimizer;
import dev.cajal.train.Batch;
import dev.cajal.train.Trained;
import dev.cajal.train.Trainer;
import java.util.Optional;

/**
 * A network that is to be trained and examined.
 *
 * @param illness what it has, and nothing else; empty of a healthy one
 * @param patience epochs until it stops early; 0 if it does not
 */
record Patient(
    String name,
    Optional<Illness> illness,
    Layer model,
    Loss loss,
    Optimizer optimizer,
    Batch training,
    Batch validation,
    int epochs,
    int patience,
    long seed) {

  /** What is known of it after training. */
  record Chart(Probe probe, Optional<Trained> trained) {}

  Chart train() {
    var probe = Probe.of(model, loss, training);
    Trainer trainer =
        Trainer.of(model, loss)
            .optimizer(optimizer)
            .epochs(epochs)
            .batch(32)
            .seed(seed)
            .threads(1)
            .telling(probe);
    try {
      return new Chart(
          probe,
          Optional.of(
              (patience > 0 ? trainer.earlyStopping(patience) : trainer)
                  .fit(training, validation)));
    } catch (CajalException e) {
      return new Chart(probe, Optional.empty());
    }
  }

  Diagnosis diagnosis() {
    Chart chart = train();
    return chart
        .trained()
        .map(trained -> Diagnosis.of(trained, chart.probe(), training, validation))
        .orElseGet(() -> Diagnosis.of(chart.probe()));
  }

  Patient ill(Illness with) {
    return new Patient(
        with + " " + name,
        Optional.of(with),
        model,
        loss,
        optimizer,
        training,
        validation,
        epochs,
        patience,
        seed);
  }

  Patient with(Layer other) {
    return new Patient(
        name, illness, other, loss, optimizer, training, validation, epochs, patience, seed);
  }

  Patient with(Optimizer other) {
    return new Patient(
        name, illness, model, loss, other, training, validation, epochs, patience, seed);
  }

  Patient with(Batch its, Batch others) {
    return new Patient(name, illness, model, loss, optimizer, its, others, epochs, patience, seed);
  }

  Patient lasting(int itsEpochs, int itsPatience) {
    return new Patient(
        name, illness, model, loss, optimizer, training, validation, itsEpochs, itsPatience, seed);
  }
}
