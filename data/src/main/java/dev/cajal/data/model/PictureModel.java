package dev.cajal.data.model;

import dev.cajal.CajalException;
import dev.cajal.DamagedFileException;
import dev.cajal.data.image.Fit;
import dev.cajal.data.image.PictureSamples;
import dev.cajal.data.image.Pictures;
import dev.cajal.data.image.PixelFormat;
import dev.cajal.json.At;
import dev.cajal.json.Json;
import dev.cajal.json.JsonArray;
import dev.cajal.json.JsonObject;
import dev.cajal.json.JsonString;
import dev.cajal.nn.SavedModel;
import dev.cajal.train.Batch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A trained network that takes pictures, and knows what they must be like and what its answers
 * mean.
 *
 * @param format of the pictures that it learned from; others are scaled to it
 */
public record PictureModel(SavedModel network, PixelFormat format, Fit fit, List<String> classes) {
  private static final String PICTURES = "pictures";

  /** Pictures that are looked at at a time. */
  private static final int PART = 1024;

  public PictureModel {
    classes = List.copyOf(classes);
  }

  /** As it is kept. */
  public SavedModel saved() {
    return network.with(
        PICTURES,
        JsonObject.empty()
            .with("channels", Json.number(format.channels()))
            .with("height", Json.number(format.height()))
            .with("width", Json.number(format.width()))
            .with("fit", fit.name())
            .with("classes", new JsonArray(classes.stream().<Json>map(JsonString::new).toList())));
  }

  /** Whether a network takes pictures. */
  public static boolean is(SavedModel network) {
    return At.top(network.about()).find(PICTURES).isPresent();
  }

  /** Of a network that was read from a folder. */
  public static PictureModel of(SavedModel network, Path folder) {
    try {
      At at =
          At.top(network.about())
              .find(PICTURES)
              .orElseThrow(() ->
                  new CajalException("the model in %s does not take pictures".formatted(folder)));
      return new PictureModel(
          network,
          new PixelFormat(
              at.get("channels").asInt(), at.get("height").asInt(), at.get("width").asInt()),
          Fit.valueOf(at.get("fit").asString()),
          at.get("classes").list(At::asString));
    } catch (DamagedFileException e) {
      throw e.in(folder.resolve("model.json").toString());
    }
  }

  /** What it says of each picture. */
  public Predictions.OfClasses predict(Pictures pictures) {
    if (!pictures.format().equals(format)) {
      throw new IllegalArgumentException(
          "pictures are %s, and the model takes %s".formatted(pictures.format(), format));
    }
    var probabilities = new double[pictures.count()][];
    int[] from = {0};
    PictureSamples.of(pictures)
        .inBatches(PART)
        .forEach((Batch some) -> {
          var scores = network.predict(some.x());
          for (int i = 0; i < some.size(); i++) {
            probabilities[from[0]++] = Softmax.of(scores, i, classes.size());
          }
        });
    return new Predictions.OfClasses(classes, probabilities, new LinkedHashMap<>());
  }
}
