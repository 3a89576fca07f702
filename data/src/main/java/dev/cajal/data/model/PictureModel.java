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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

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
    JsonObject its =
        JsonObject.empty()
            .with("channels", Json.number(format.channels()))
            .with("height", Json.number(format.height()))
            .with("width", Json.number(format.width()))
            .with("fit", fit.name())
            .with("classes", new JsonArray(classes.stream().<Json>map(JsonString::new).toList()));
    boolean isThere =
        At.top(network.about()).find(PICTURES).map(At::value).equals(Optional.of(its));
    return isThere ? network : network.with(PICTURES, its);
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
              positive(at.get("channels")), positive(at.get("height")), positive(at.get("width"))),
          fit(at.get("fit")),
          at.get("classes").list(At::asString));
    } catch (DamagedFileException e) {
      throw e.in(folder.resolve("model.json").toString());
    }
  }

  private static int positive(At at) {
    int number = at.asInt();
    if (number < 1) {
      throw at.damaged("1 at least, not " + number);
    }
    return number;
  }

  private static Fit fit(At at) {
    return Arrays.stream(Fit.values())
        .filter(its -> its.name().equals(at.asString()))
        .findFirst()
        .orElseThrow(() -> at.damaged("unknown: \"%s\"".formatted(at.asString())));
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
