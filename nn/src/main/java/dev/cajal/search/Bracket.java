package dev.cajal.search;

import java.util.ArrayList;
import java.util.List;

/**
 * One successive halving: of many trials, each for a few epochs, a part goes on for more, and of
 * those a part again, until few have all epochs.
 *
 * @param rungs from many trials to few
 */
record Bracket(List<Rung> rungs) {

  /** So many trials that have so many epochs, those before included. */
  record Rung(int trials, int epochs) {}

  Bracket {
    rungs = List.copyOf(rungs);
  }

  /** How many trials begin. */
  int trials() {
    return rungs.getFirst().trials();
  }

  /**
   * Those of Hyperband, from the one that trusts few epochs most to the one that does not: of R
   * epochs the bracket s begins with {@code n = ⌊(s_max + 1)/(s + 1)⌋·ηˢ} trials of {@code R·η⁻ˢ}
   * epochs, and rung i has {@code ⌊n·η⁻ⁱ⌋} of {@code R·ηⁱ⁻ˢ}. That is table 1 of Li et al. (JMLR
   * 18:185, 2018); their algorithm 1 rounds n differently, and does not give their table.
   */
  static List<Bracket> of(int most, int eta) {
    var powers = new ArrayList<Integer>();
    for (long power = 1; power <= most; power *= eta) {
      powers.add((int) power);
    }
    var brackets = new ArrayList<Bracket>();
    for (int s = powers.size() - 1; s >= 0; s--) {
      int trials = powers.size() / (s + 1) * powers.get(s);
      var rungs = new ArrayList<Rung>();
      for (int i = 0; i <= s; i++) {
        rungs.add(new Rung(trials / powers.get(i), most / powers.get(s - i)));
      }
      brackets.add(new Bracket(rungs));
    }
    return brackets;
  }
}
