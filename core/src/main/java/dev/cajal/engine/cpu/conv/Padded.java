package dev.cajal.engine.cpu.conv;

import java.util.Arrays;

/**
 * An image inside a larger one of zeros, so that windows that reach beyond it need no special care.
 *
 * @param height rows of the image
 * @param width pixels of a row
 * @param channels numbers of a pixel
 * @param top rows of zeros above
 * @param left pixels of zeros before each row
 * @param allRows rows of the larger image
 * @param allColumns pixels of a row of the larger image
 */
record Padded(int height, int width, int channels, int top, int left, int allRows, int allColumns) {
  /** Whether there are no zeros around: the image is as good as its copy. */
  boolean isBare() {
    return top == 0 && left == 0 && allRows <= height && allColumns <= width;
  }

  /** From one row to the next. */
  int row() {
    return (isBare() ? width : allColumns) * channels;
  }

  /** How many numbers the copy has. */
  int size() {
    return isBare() ? 0 : allRows * row();
  }

  /** Copies an image; what of it lies beyond the larger one is left out. */
  void copy(float[] from, int offset, float[] to, int toOffset) {
    Arrays.fill(to, toOffset, toOffset + size(), 0);
    int rows = Math.min(height, allRows - top);
    int numbers = Math.min(width, allColumns - left) * channels;
    for (int i = 0; i < rows; i++) {
      int target = toOffset + (top + i) * row() + left * channels;
      System.arraycopy(from, offset + i * width * channels, to, target, Math.max(0, numbers));
    }
  }
}
