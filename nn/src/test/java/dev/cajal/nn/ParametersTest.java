package dev.cajal.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {

  record Attention(Dense query, Dense key) implements Layer {
    Attention() {
      this(new Dense(4, 4), new Dense(4, 4).withoutBias());
    }

    @Override
    public Tensor apply(Tensor x) {
      return query.apply(x).times(key.apply(x));
    }
  }

  record Block(Attention attention, LayerNorm norm) implements Layer {
    Block() {
      this(new Attention(), new LayerNorm(4));
    }

    @Override
    public Tensor apply(Tensor x) {
      return norm.apply(attention.apply(x));
    }
  }

  record Model(Embedding words, List<Block> blocks, Optional<Dense> head, Map<String, Dense> exits)
      implements Layer {
    @Override
    public Tensor apply(Tensor x) {
      Tensor h = words.apply(x);
      for (Block block : blocks) {
        h = block.apply(h);
      }
      return head.orElseThrow().apply(h);
    }
  }

  private static Model model() {
    return new Model(
        new Embedding(10, 4),
        List.of(new Block(), new Block()),
        Optional.of(new Dense(4, 3)),
        Map.of("early", new Dense(4, 3)));
  }

  @Test
  void namesArePaths() {
    Model model = model();
    assertThat(Parameters.of(model).byPath().keySet())
        .containsExactly(
            "words.weight",
            "blocks.0.attention.query.weight",
            "blocks.0.attention.query.bias",
            "blocks.0.attention.key.weight",
            "blocks.0.norm.scale",
            "blocks.0.norm.shift",
            "blocks.1.attention.query.weight",
            "blocks.1.attention.query.bias",
            "blocks.1.attention.key.weight",
            "blocks.1.norm.scale",
            "blocks.1.norm.shift",
            "head.weight",
            "head.bias",
            "exits.early.weight",
            "exits.early.bias");
    assertThat(model.blocks.get(1).attention.query.weight().name())
        .contains("blocks.1.attention.query.weight");
  }

  @Test
  void numbersAreCountedWithoutBeingMade() {
    Parameters parameters = Parameters.of(new Dense(100_000, 100_000));
    assertThat(parameters.count()).isEqualTo(100_000L * 100_000 + 100_000);
    assertThat(parameters.get("weight").hasNumbers()).isFalse();
  }

  @Test
  void whatIsInTwoPlacesHasTheFirstPath() {
    Dense shared = new Dense(4, 4);
    Parameters parameters = Parameters.of(Sequential.of(shared, Activation.RELU, shared));
    assertThat(parameters.byPath().keySet()).containsExactly("layers.0.weight", "layers.0.bias");
    assertThat(parameters.count()).isEqualTo(20);
  }

  @Test
  void firstNumbersDependOnSeedAndPath() {
    Parameters one = Parameters.of(model()).initialise(7);
    Parameters same = Parameters.of(model()).initialise(7);
    Parameters other = Parameters.of(model()).initialise(8);
    for (String path : one.byPath().keySet()) {
      assertThat(one.get(path).array()).isEqualTo(same.get(path).array());
    }
    String weight = "blocks.0.attention.query.weight";
    assertThat(one.get(weight).array()).isNotEqualTo(other.get(weight).array());
    assertThat(one.get(weight).array())
        .isNotEqualTo(one.get("blocks.1.attention.query.weight").array());
  }

  @Test
  void aLayerThatHidesItsParametersIsRefused() {
    final class Hidden implements Layer {
      private final Dense inner = new Dense(2, 2);

      @Override
      public Tensor apply(Tensor x) {
        return inner.apply(x);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of(Sequential.of(new Hidden())))
        .withMessageContaining(
            "at layers.0 has parameters, or layers, that can't be found (inner)");
    Dense captured = new Dense(2, 2);
    Layer function = x -> captured.apply(x).relu();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of(function))
        .withMessageStartingWith("a function has parameters");
  }

  @Test
  void functionsWithoutParametersAreLayersToo() {
    Layer model = Sequential.of(new Dense(3, 2), Tensor::tanh, x -> x.times(2), new Flatten());
    assertThat(Parameters.of(model).count()).isEqualTo(8);
  }

  @Test
  void aPathThatIsNotThereIsRefusedWithThoseThatAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of(new Dense(2, 1)).get("wait"))
        .withMessage("the model has no parameter \"wait\"; it has weight, bias");
  }

  @Test
  void dropoutsOfAModelDropDifferentUnitsAndTheSameEachTime() {
    record Two(Dropout first, Dropout second) implements Layer {
      @Override
      public Tensor apply(Tensor x) {
        return second.apply(first.apply(x));
      }
    }
    Two one = new Two(new Dropout(0.5), new Dropout(0.5));
    Two same = new Two(new Dropout(0.5), new Dropout(0.5));
    Parameters.of(one);
    Parameters.of(same);
    long first = one.first.dice().next();
    assertThat(first).isEqualTo(same.first.dice().next());
    assertThat(first).isNotEqualTo(one.second.dice().next());
    assertThat(first).isNotEqualTo(one.first.dice().next());
    assertThat(new Dropout(0.5).dice().next()).isNotEqualTo(new Dropout(0.5).dice().next());
  }

  @Test
  void aParameterKnowsItsPath() {
    Dense dense = new Dense(2, 1);
    Parameters parameters = Parameters.of(Sequential.of(dense));
    assertThat(parameters.path(dense.weight())).contains("layers.0.weight");
    assertThat(parameters.path(Parameter.of(Init.zeros(), 2))).isEmpty();
  }

  /** What a model may have beside its layers. */
  record Holding(Object it, Dense head) implements Layer {
    Holding(Object it) {
      this(it, new Dense(2, 2));
    }

    @Override
    public Tensor apply(Tensor x) {
      return head.apply(x);
    }
  }

  private static Set<String> paths(Object held) {
    return Parameters.of(new Holding(held)).byPath().keySet();
  }

  @Test
  void aPathOfFilesIsNoPart() {
    assertThat(paths(Path.of("some", "file"))).containsExactly("head.weight", "head.bias");
    assertThat(paths(Set.of("a", "b"))).containsExactly("head.weight", "head.bias");
  }

  @Test
  void aMapWithoutAnOrderIsVisitedByItsKeys() {
    var norms = new HashMap<Integer, RmsNorm>();
    for (int key : new int[] {33, 1, 17, 2}) {
      norms.put(key, new RmsNorm(2));
    }
    assertThat(paths(norms))
        .containsExactly(
            "it.1.scale", "it.17.scale", "it.2.scale", "it.33.scale", "head.weight", "head.bias");
    var linked = new LinkedHashMap<String, RmsNorm>();
    linked.put("b", new RmsNorm(2));
    linked.put("a", new RmsNorm(2));
    assertThat(paths(linked)).startsWith("it.b.scale", "it.a.scale");
  }

  @Test
  void layersInASetAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> paths(new HashSet<>(List.of(new Dense(2, 2)))))
        .withMessage("the model has a HashSet at it, whose parts have no order: make it a list");
  }

  @Test
  void partsWithTheSamePathAreRefused() {
    Map<Object, Layer> same = new LinkedHashMap<>();
    same.put(1, new RmsNorm(2));
    same.put(1L, new RmsNorm(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> paths(same))
        .withMessage("the model has two parts at it.1: paths are names, and must differ");
  }

  @Test
  void functionsThatHideLayersInOtherThingsAreRefused() {
    record Pair(Dense first, Dense second) {}
    List<Dense> list = List.of(new Dense(2, 2));
    Dense[] array = {new Dense(2, 2)};
    Pair pair = new Pair(new Dense(2, 2), new Dense(2, 2));
    Dropout dropout = new Dropout(0.5);
    for (Layer function :
        List.<Layer>of(
            x -> list.getFirst().apply(x),
            x -> array[0].apply(x),
            x -> pair.second.apply(x),
            x -> dropout.apply(x).relu())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Parameters.of(function))
          .withMessageStartingWith("a function has parameters");
    }
    Layer harmless = Activation.RELU;
    assertThat(Parameters.of((Layer) x -> harmless.apply(x).times(2)).count()).isZero();
  }

  @Test
  void classesThatHideLayersInOtherThingsAreRefused() {
    final class Several implements Layer {
      private final List<Layer> list = List.of(new Dense(2, 2));
      private final Optional<Dense> maybe = Optional.of(new Dense(2, 2));
      private final Dense[] array = {new Dense(2, 2)};
      private final String name = "several";

      @Override
      public Tensor apply(Tensor x) {
        return array[0].apply(maybe.orElseThrow().apply(list.getFirst().apply(x))).named(name);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameters.of(new Several()))
        .withMessageContaining(
            "that can't be found (list, maybe, array): make it a record of them");
  }
}
