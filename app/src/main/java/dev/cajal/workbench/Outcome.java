package dev.cajal.workbench;

import dev.cajal.diagnosis.Diagnosis;
import dev.cajal.nn.Summary;
import dev.cajal.report.Importance;
import dev.cajal.report.Result;
import dev.cajal.train.Trained;
import java.nio.file.Path;
import java.util.Optional;

/** What came of a run. */
public record Outcome(
    Trained trained,
    Plan plan,
    Summary network,
    Result result,
    Diagnosis diagnosis,
    Optional<Importance> importance,
    Path report,
    double seconds) {}
