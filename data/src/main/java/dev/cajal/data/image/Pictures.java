package dev.cajal.data.image;

import java.util.List;

/** Pictures of one format and their classes, which may be made only when they are asked for. */
public interface Pictures {

  int count();

  PixelFormat format();

  /** The names of the classes; labels are positions among them. */
  List<String> classes();

  int label(int position);

  /**
   * Writes how bright each pixel is, from 0 to 1, row by row, the channels of a pixel side by side.
   */
  void draw(int position, float[] into, int offset);
}
