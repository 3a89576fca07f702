package dev.cajal.engine.cpu.gemm;

/** What is done with a region of a product as soon as it is final, while it is still in cache. */
public interface Epilogue {
  /** Nothing. */
  Epilogue NONE = (_, _, _, _) -> {};

  /**
   * Called once for every region; together the regions cover C. Rows and columns are counted from
   * the corner of C that the call was given.
   */
  void apply(int rowFrom, int rowTo, int columnFrom, int columnTo);
}
