import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A table of vectors by token number: DJL's own embedding is one of words, which it looks up as
 * text.
 */
final class TokenEmbedding extends AbstractBlock {
  private final int width;
  private final Parameter table;

  TokenEmbedding(int tokens, int width) {
    this.width = width;
    table =
        addParameter(
            Parameter.builder()
                .setName("table")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(tokens, width))
                .build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray tokens = inputs.singletonOrThrow();
    NDArray vectors = store.getValue(table, tokens.getDevice(), training);
    return Embedding.embedding(tokens, vectors, SparseFormat.DENSE);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {inputs[0].add(width)};
  }

  @Override
  protected void prepare(Shape[] inputs) {
    // The table has its shape already.
  }
}
