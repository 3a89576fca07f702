package dev.cajal.data.image;

import java.util.List;
import java.util.Optional;

/**
 * The images that a network learns from and those it is judged by, of one format and with the same
 * classes, as far as the files tell them apart.
 *
 * @param train what it learns from
 * @param validation what chooses between networks
 * @param test what the chosen one is judged by
 * @param notes what should be known of how they were read, such as the files that were left out
 */
public record ImageSets(
    Images train, Optional<Images> validation, Optional<Images> test, List<String> notes) {
  public ImageSets {
    notes = List.copyOf(notes);
  }
}
