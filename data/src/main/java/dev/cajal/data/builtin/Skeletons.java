package dev.cajal.data.builtin;

import org.jspecify.annotations.Nullable;

/**
 * How digits are written: for each the paths that a pen takes, by a letter that {@link Typeface}s
 * choose it by.
 *
 * <p>A path lies in a square from 0 to 100, y downwards. Its commands, with their numbers:
 *
 * <pre>
 *   M x y          lift the pen and put it down at (x, y)
 *   L x y          a line
 *   H x y          a quarter of an oval that leaves horizontally and arrives vertically
 *   V x y          a quarter of an oval that leaves vertically and arrives horizontally
 *   C x y x y x y  a cubic Bézier curve: two control points and the end
 *   S x y x y …    a smooth curve through all of the points
 *   D x y          a dot
 *   B x y          a ball, in typefaces that end their curves in one
 *   F x y          a horizontal serif below a stem, in typefaces with serifs
 *   T x y y        a vertical serif from one y to the other, in typefaces with serifs
 *   P n n n n n n n   seven rows of five points, each row the bits of a number
 * </pre>
 */
final class Skeletons {

  private static final int FORMS = 26;

  private static final String PATHS =
      """
      0a M50 0 H100 50 V50 100 H0 50 V50 0
      0b M50 0 H100 50 V50 100 H0 50 V50 0 M72 26 L28 74
      0c M50 0 H100 50 V50 100 H0 50 V50 0 D50 50
      0d M50 0 H88 50 V50 100 H12 50 V50 0
      0e M58 2 S25 12 6 50 20 92 55 99 90 75 96 42 78 8 48 3
      0f M62 6 S30 8 5 45 12 85 48 100 88 82 97 45 82 12 62 0
      0g M50 0 H100 34 L100 66 V50 100 H0 66 L0 34 V50 0
      0h M16 0 L84 0 L100 13 L100 87 L84 100 L16 100 L0 87 L0 13 L16 0
      0i M72 8 S40 0 10 30 5 70 35 100 75 92 97 55 85 15 58 4 42 16
      0j M0 0 L100 0 L100 100 L0 100 L0 0
      0k M80 0 S40 18 8 55 14 90 45 100 82 78 96 38 80 10 50 8
      0p P14 17 17 17 17 17 14

      1a M50 0 L50 100
      1b M20 22 L56 0 L56 100
      1c M22 20 L52 0 L52 100 M18 100 L86 100
      1d M26 15 L54 0 M54 0 L54 100 F54 100
      1e M4 52 L64 0 L60 100
      1f M58 0 S54 50 44 100
      1g M22 18 C40 18 52 10 56 0 L56 100
      1h M12 36 S44 20 62 0 M62 0 L58 100
      1i M30 18 L54 0 L52 100 M20 100 L84 98
      1j M50 0 L50 100 F50 0 F50 100
      1p P4 12 4 4 4 4 14

      2a M5 28 V50 0 H95 29 C95 52 55 65 3 100 L98 100
      2b M6 28 V50 0 H92 28 C92 42 84 50 70 62 L3 100 L97 100
      2c M8 22 S35 2 75 8 85 35 50 72 18 96 4 88 14 74 40 82 68 97 98 88
      2d M6 16 S42 0 82 14 76 45 42 74 6 99 M6 99 L98 97
      2e M10 22 C20 -4 88 -8 90 26 C90 55 25 75 4 98 C30 86 60 104 97 94
      2f M6 0 L82 0 L96 13 L96 36 L82 49 L16 49 L2 62 L2 100 L98 100
      2g B15 25 M8 24 V50 0 H94 28 C94 56 30 66 4 100 L92 100 T94 100 82
      2h M0 0 L100 0 L100 50 L0 50 L0 100 L100 100
      2i M4 8 S60 -6 88 16 70 56 8 97 M8 97 S40 78 60 88 84 100 100 92
      2j M6 22 L24 4 L70 2 L88 22 L80 44 L6 98 L96 98
      2p P14 17 1 2 4 8 31

      3a M6 18 C12 6 28 0 48 0 H91 24 V42 47 M36 47 L46 47 H98 73 V46 100 C24 100 8 92 2 78
      3b M6 0 L92 0 L44 40 C76 40 98 52 98 70 V48 100 C24 100 8 92 2 80
      3c M8 14 S42 0 84 16 72 38 36 47 M36 47 S78 50 96 74 70 98 30 100 2 84
      3d M10 10 S50 0 86 18 72 40 44 47 34 53 46 51 84 58 96 78 60 100 4 88
      3e B13 20 M8 20 C12 6 28 0 48 0 H90 24 V40 47 M40 47 H96 73 V46 100 C26 100 12 92 6 80 B11 80
      3f M6 4 L88 2 M88 2 L40 42 M40 42 S80 46 94 70 60 98 2 96
      3g M0 0 L100 0 L100 100 L0 100 M16 50 L100 50
      3h M2 14 L16 0 L84 0 L98 13 L98 36 L86 48 L36 48 M86 48 L100 60 L100 87 L84 100 L14 100 L0 86
      3i M12 4 S60 0 80 20 40 44 24 46 M24 46 S90 44 92 70 50 96 6 100
      3p P30 1 1 14 1 1 30

      4a M72 100 L72 0 L0 70 L100 70 F72 100
      4b M30 0 L6 58 L96 56 M74 22 L66 100
      4c M10 2 L8 46 C10 56 20 58 34 58 L90 56 M84 4 L78 100
      4e M40 0 L2 68 L100 68 M72 36 L72 100
      4f M66 100 L76 2 L2 66 L98 62
      4g M0 0 L0 50 L100 50 M100 0 L100 100
      4h M78 100 L78 0 L64 0 L2 56 L2 72 L100 72
      4i M74 100 L74 2 C60 30 30 55 2 70 L100 70 F74 100
      4j M14 0 S8 30 6 52 40 56 84 48 M80 0 S76 50 72 100
      4k M40 0 S20 34 2 62 50 60 98 54 M70 30 S64 66 58 100
      4p P2 6 10 18 31 2 2

      5a M88 0 L16 0 L10 45 C22 36 34 33 48 33 H98 66 V46 100 C24 100 8 92 2 80
      5b M24 4 S18 30 14 46 M14 46 S55 36 92 60 78 92 40 100 4 90 M24 4 L92 0
      5c M90 4 S50 0 22 12 18 36 50 46 86 62 82 88 46 100 4 88
      5d M84 0 L20 0 L14 46 C24 38 34 34 48 34 H96 67 V44 100 C24 100 10 92 6 82 B11 81
      5e M30 2 L16 42 M16 42 S60 38 84 58 74 88 36 100 2 92 M30 2 S60 8 100 0
      5f M100 0 L0 0 L0 50 L100 50 L100 100 L0 100
      5g M94 0 L6 0 L6 42 L82 42 L98 56 L98 87 L84 100 L14 100 L0 87
      5h M90 0 L10 0 L10 40 L50 40 H98 70 V50 100 L4 100
      5i M96 0 S60 4 26 4 14 40 S70 34 94 62 50 104 0 88
      5p P31 16 30 1 1 17 14

      6a M92 16 C84 5 70 0 56 0 C20 0 2 24 2 58 L2 66 V50 100 H98 68 V52 36 H2 66
      6b M74 0 C50 18 4 40 2 68 V50 100 H98 68 V52 38 C30 38 8 50 2 68
      6c M70 0 S34 22 8 62 26 96 60 98 92 78 80 54 46 54 14 72
      6d M64 0 L12 48 C4 56 0 62 0 68 V50 100 H100 68 V50 36 C36 36 20 40 12 48
      6e M52 0 S20 35 6 70 20 96 50 100 82 86 78 64 48 58 16 74
      6f M100 0 L0 0 L0 100 L100 100 L100 50 L0 50
      6g M96 13 L82 0 L16 0 L2 13 L2 87 L16 100 L84 100 L98 87 L98 58 L84 46 L2 46
      6h B86 16 M89 17 C80 4 68 0 56 0 C20 0 4 26 4 62 V50 100 H96 68 V52 38 H4 66
      6i M86 4 S40 10 8 56 20 96 62 94 84 66 50 54 18 70
      6p P6 8 16 30 17 17 14

      7a M4 0 L96 0 L36 100
      7b M4 0 L96 0 L36 100 M34 50 L92 50
      7c M4 0 L96 0 C74 32 44 66 34 100
      7d M4 0 L96 0 C74 32 46 64 38 100 T4 0 18
      7e M6 18 L10 4 L92 2 M92 2 S70 40 40 100
      7f M6 6 S50 4 94 0 M94 0 S66 45 44 100 M30 52 L88 46
      7g M0 0 L100 0 L100 100
      7h M2 0 L98 0 L98 20 L42 62 L42 100
      7i M6 0 L92 0 L54 100
      7j M2 10 S28 0 60 7 98 0 M98 0 S60 46 40 100
      7k M10 22 L14 2 S50 8 92 0 M92 0 S60 50 36 100 M26 50 L86 54
      7p P31 1 2 4 8 8 8

      8a M50 0 H90 24 V50 47 H10 24 V50 0 M50 47 H98 74 V50 100 H2 74 V50 47
      8b M50 0 H96 25 V50 49 H4 25 V50 0 M50 49 H98 74 V50 100 H2 74 V50 49
      8c M78 12 S45 0 16 20 34 44 66 58 88 80 50 100 10 82 32 54 70 36 84 16 62 2
      8d M52 46 S18 34 20 10 52 0 82 12 78 34 50 46 M50 46 S10 62 8 86 48 100 90 86 88 62 50 46
      8e M50 0 C10 0 0 26 28 40 C44 48 66 52 84 62 C112 80 90 100 50 100 C10 100 -12 80 16 62 C34 52 56 48 72 40 C100 26 90 0 50 0
      8f M0 0 L100 0 L100 100 L0 100 L0 0 M0 50 L100 50
      8g M20 0 L80 0 L94 12 L94 36 L82 48 L18 48 L6 36 L6 12 L20 0 M18 48 L2 62 L2 87 L16 100 L84 100 L98 87 L98 62 L82 48
      8h M84 14 S50 -4 18 14 30 40 60 54 90 78 52 100 12 84 26 58 60 42 92 4
      8p P14 17 17 14 17 17 14

      9a M8 84 C16 95 30 100 44 100 C80 100 98 76 98 42 L98 34 V50 0 H2 32 V48 64 H98 34
      9b M26 100 C50 82 96 60 98 32 V50 0 H2 32 V48 62 C70 62 92 50 98 32
      9c M86 10 S50 -2 16 14 10 42 40 52 76 38 86 10 M86 10 S86 50 76 100
      9d M36 100 L88 52 C96 44 100 38 100 32 V50 0 H0 32 V50 64 C64 64 80 60 88 52
      9e M84 16 S54 0 22 10 8 36 38 50 76 36 86 8 M86 8 S90 60 66 96 14 90
      9f M0 100 L100 100 L100 0 L0 0 L0 50 L100 50
      9g M4 87 L18 100 L84 100 L98 87 L98 13 L84 0 L16 0 L2 13 L2 42 L16 54 L98 54
      9h B14 84 M11 83 C20 96 32 100 44 100 C80 100 96 74 96 38 V50 0 H4 32 V48 62 H96 34
      9i M96 32 V50 0 H4 32 V50 64 H96 32 L96 100
      9j M80 8 S30 0 10 30 30 54 62 40 82 6 M82 6 L60 100
      9p P14 17 17 15 1 2 12
      """;

  /** For each digit by the letters of its forms from {@code a} on. */
  private static final @Nullable String[][] BY_FORM = byForm();

  private Skeletons() {}

  /** The path of a digit in one of its forms. */
  static String path(int digit, char form) {
    String path = BY_FORM[digit][form - 'a'];
    if (path == null) {
      throw new IllegalArgumentException("the digit " + digit + " has no form " + form);
    }
    return path;
  }

  private static @Nullable String[][] byForm() {
    var paths = new @Nullable String[Digits.CLASSES][FORMS];
    for (int from = 0; from < PATHS.length(); ) {
      int end = PATHS.indexOf('\n', from);
      if (end > from) {
        paths[PATHS.charAt(from) - '0'][PATHS.charAt(from + 1) - 'a'] =
            PATHS.substring(from + 3, end);
      }
      from = end + 1;
    }
    return paths;
  }
}
