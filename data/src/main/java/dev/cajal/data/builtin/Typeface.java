package dev.cajal.data.builtin;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to write all ten digits: which forms they have, how they stand, and with which pen.
 *
 * @param forms ten letters, the form of each digit among the {@link Skeletons}
 */
record Typeface(String name, String forms, Stance stance, Pen pen) {

  /**
   * How digits stand.
   *
   * @param width of a height
   * @param slant how far the top leans to the right, of a height
   * @param roundness of the quarters of ovals, 0.55 for true ones, more for squarer ones
   * @param serif how far one reaches to each side, of a height; 0 for none
   * @param wobble how much one digit differs from the next, of a height
   */
  record Stance(float width, float slant, float roundness, float serif, float wobble) {}

  /**
   * What digits are written with.
   *
   * @param weight how wide the nib is, of a height
   * @param contrast how much narrower the nib is the other way, of its width
   * @param angle of the nib, in degrees: 0 makes upright strokes wide
   * @param taper how much thinner strokes are at their ends, of the weight
   * @param round whether strokes end round, not cut off
   */
  record Pen(float weight, float contrast, float angle, float taper, boolean round) {}

  /** In hundredths, but for the angle, which is in degrees. */
  private static final String TABLE =
      """
      name          forms      width slant roundness serif wobble weight contrast angle taper ends
      grotesque     abaaaaaaaa    52     0        58     0      1     12       15     0     0 flat
      headline      abbaaaabaa    54     0        60     0      1     19       25     0     0 flat
      geometric     aabbaadabd    58     0        55     0      1      9        0     0     0 flat
      humanist      dgaaeabcab    52     0        54     0      1     11       40    20     0 flat
      display       ddgeidhdah    56     0        55     9      1     15       78     0     0 flat
      book          ddgeidhdah    52     0        55     9      1     12       60    18     0 flat
      newspaper     acgeadhdah    50     0        57     8      1     13       45     0     0 flat
      typewriter    dcgeadhdah    54     0        56    11      3      8        0     0     0 round
      carbon        dcaaaaadaa    54     0        56    12      4     12        0     0     0 round
      slab          gdabahgdbg    58     0        70    12      1     16       15     0     0 flat
      condensed     gbaaaaabaa    34     0        66     0      1     12       15     0     0 flat
      extended      abaaaaaaba    78     0        62     0      1     12       15     0     0 flat
      terminal      gcabaaaaba    56     0        82     0      1     10        0     0     0 flat
      athletic      hcfhhgghgg    56     0        55     0      1     16        0     0     0 flat
      segments      jahggffgff    52     8        55     0      0     11        0     0     0 flat
      matrix        pppppppppp    56     0        55     0      0     11        0     0     0 round
      pixels        pppppppppp    56     0        55     0      0     14        0     0     0 flat
      rounded       abaaaaaaba    54     0        58     0      1     16        0     0     0 round
      console       bcaaahacba    52     0        62     0      1     10        0     0     0 flat
      program       ccbbebdabd    52     0        58     0      1     11       10     0     0 round
      cursive       ddgeidhdah    48    24        54     7      2     11       65    25     0 flat
      oblique       abaaaaacaa    54    20        58     0      1     11       20     0     0 flat
      chisel        ehecbecfed    58     6        54     0      3     15       80    40     0 flat
      blackletter   hgfhhgghgg    46     4        55     0      3     15       75    42     0 flat
      drawing       gbaaeabaei    50    22        58     0      1      8        0     0     0 round
      roadsign      gbbbaabibb    50     0        66     0      1     15        5     0     0 flat
      hairline      aaabaadabd    54     0        55     0      1      6        0     0     0 flat
      poster        abaaaaaaba    60     0        66     0      1     22       30     0     0 flat
      enamel        dgaaiaaaaa    52     0        52     6      1     14       50     0     0 round
      ballpoint     eadcbbccdc    54    10        55     0     10      8        0     0    15 round
      fountain      ehccfbcfce    52    18        55     0      9     10       50    35    20 round
      felttip       fbdcccbahe    58     4        55     0     12     16        0     0     5 round
      brush         khefkeijcj    56    12        55     0     12     17       35    45    70 round
      school        abccbbcace    56     0        55     0      8     10        0     0    10 round
      continental   eecccbekdc    54     8        55     0     10      9       10    40    10 round
      cheque        ieidjeefce    52    20        55     0     12      9       20    30    20 round
      hurried       kfiikiijhj    50    22        55     0     17      9       15    40    35 round
      child         fijcfbcedc    66     0        55     0     18     12        0     0     0 round
      chalk         aijfbeeadd    56     2        55     0     13     14        0     0    25 round
      marker        fedccbefhc    60     6        57     0     12     20       45    50     0 flat
      ledger        ihdecceeec    48    26        55     0      9      8       30    35    15 round
      postman       eaidfccahj    58    14        55     0     14     12        0     0    20 round
      """;

  private static final List<Typeface> ALL = parse();

  /** Each of them, in no particular order. */
  static List<Typeface> all() {
    return ALL;
  }

  private static List<Typeface> parse() {
    var all = new ArrayList<Typeface>();
    int from = TABLE.indexOf('\n') + 1;
    while (from < TABLE.length()) {
      int end = TABLE.indexOf('\n', from);
      all.add(of(cells(TABLE.substring(from, end))));
      from = end + 1;
    }
    return List.copyOf(all);
  }

  /** The words of a line; a regular expression would take as long as all the drawing up to here. */
  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || line.charAt(i) == ' ') {
        if (i > from) {
          cells.add(line.substring(from, i));
        }
        from = i + 1;
      }
    }
    return cells;
  }

  private static Typeface of(List<String> cells) {
    var stance =
        new Stance(
            hundredths(cells.get(2)),
            hundredths(cells.get(3)),
            hundredths(cells.get(4)),
            hundredths(cells.get(5)),
            hundredths(cells.get(6)));
    var pen =
        new Pen(
            hundredths(cells.get(7)),
            hundredths(cells.get(8)),
            Integer.parseInt(cells.get(9)),
            hundredths(cells.get(10)),
            cells.get(11).equals("round"));
    return new Typeface(cells.get(0), cells.get(1), stance, pen);
  }

  private static float hundredths(String number) {
    return Integer.parseInt(number) / 100f;
  }
}
