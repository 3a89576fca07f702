package dev.cajal.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cajal.random.RandomStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypefaceTest {

  @Test
  void everyDigitOfEveryTypefaceIsWrittenInItsSquare() {
    for (Typeface typeface : Typeface.all()) {
      assertThat(typeface.forms()).hasSize(Digits.CLASSES);
      for (int digit = 0; digit < Digits.CLASSES; digit++) {
        Glyph glyph = Flattening.of(typeface, digit);
        for (int i = 0; i < glyph.points(); i++) {
          assertThat(glyph.x[i]).as("%d of %s", digit, typeface).isBetween(-0.65f, 0.65f);
          assertThat(glyph.y[i]).as("%d of %s", digit, typeface).isBetween(-0.6f, 0.6f);
        }
      }
    }
  }

  @Test
  void everyDigitHasManyForms() {
    for (int digit = 0; digit < Digits.CLASSES; digit++) {
      Set<Character> forms = new HashSet<>();
      for (Typeface typeface : Typeface.all()) {
        forms.add(typeface.forms().charAt(digit));
      }
      assertThat(forms).as("forms of %d", digit).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void noTwoTypefacesDrawADigitAlike() {
    RandomStream random = RandomStream.of(3, "typefaces");
    for (int digit = 0; digit < Digits.CLASSES; digit++) {
      Set<List<Integer>> drawn = new HashSet<>();
      for (Typeface typeface : Typeface.all()) {
        var picture = new float[Digits.PIXELS];
        Pose pose = Pose.of(typeface, random, Digits.SIZE);
        Digits.draw(Flattening.of(typeface, digit), typeface, pose, picture, 0);
        List<Integer> greys = new ArrayList<>();
        for (float grey : picture) {
          greys.add(Math.round(4 * grey));
        }
        drawn.add(greys);
      }
      assertThat(drawn).as("pictures of %d", digit).hasSize(Typeface.all().size());
    }
  }

  @Test
  void aFormThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> Skeletons.path(4, 'z'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the digit 4 has no form z");
  }
}
