package dev.cajal.data.bytes;

/** Which axis of an array changes from one number of a file to the next. */
public enum AxisOrder {
  /** Row by row, as in C. */
  LAST_FASTEST,
  /** Column by column, as in Fortran. */
  FIRST_FASTEST
}
