package dev.cajal.engine.cpu;

/**
 * Room before the fields of a subclass, so that threads that write to neighbouring objects don't
 * take each other's memory away: cores pass memory on in lines of 64 bytes, some of them two lines
 * at once. It is made of ints because they leave no gap that the JVM would fill with a field of the
 * subclass.
 */
abstract class CacheLine {
  int i00, i01, i02, i03, i04, i05, i06, i07, i08, i09, i10, i11, i12, i13, i14, i15;
  int i16, i17, i18, i19, i20, i21, i22, i23, i24, i25, i26, i27, i28, i29, i30, i31;
}
