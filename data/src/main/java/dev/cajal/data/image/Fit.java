package dev.cajal.data.image;

/** What becomes of an image whose sides are in another proportion than those wanted. */
public enum Fit {
  /** It fills the wanted size; what is beyond, on both sides alike, is cut off. */
  CROP,
  /** All of it is within the wanted size; what is left, on both sides alike, is black. */
  PAD
}
