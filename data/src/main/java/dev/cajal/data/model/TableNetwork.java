package dev.cajal.data.model;

import dev.cajal.data.prepare.Feature;
import dev.cajal.data.prepare.Preparation;
import dev.cajal.data.prepare.Target;
import dev.cajal.nn.Activation;
import dev.cajal.nn.Dense;
import dev.cajal.nn.Dropout;
import dev.cajal.nn.Embedding;
import dev.cajal.nn.Layer;
import dev.cajal.nn.Sequential;
import dev.cajal.tensor.DType;
import dev.cajal.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A network for the rows of a table: columns of many words become vectors that are learned, the
 * numbers stay as they are, and all of it goes through layers.
 *
 * @param columns those that are embedded, by their positions in a row
 */
public record TableNetwork(List<EmbeddedColumn> columns, Layer body) implements Layer {

  /** The number at a position of a row, as a vector. */
  public record EmbeddedColumn(int position, Embedding vectors) implements Layer {

    /** x {@code [batch, width]} to {@code [batch, dimensions]}. */
    @Override
    public Tensor apply(Tensor x) {
      return vectors.apply(x.slice(1, position, position + 1).reshape(x.size(0)).cast(DType.I32));
    }
  }

  /**
   * What the layers are.
   *
   * @param hidden the sizes of those between inputs and outputs
   * @param dropout how many of their outputs are left out in training
   */
  public record Layout(List<Integer> hidden, Activation activation, double dropout) {

    public Layout {
      hidden = List.copyOf(hidden);
    }
  }

  public TableNetwork {
    columns = List.copyOf(columns);
  }

  /** For rows that are prepared like this. */
  public static TableNetwork of(Preparation preparation, Layout layout) {
    var embedded = new ArrayList<EmbeddedColumn>();
    int position = 0;
    int width = preparation.width();
    for (Feature feature : preparation.features()) {
      if (feature instanceof Feature.Embedded its) {
        embedded.add(
            new EmbeddedColumn(position, new Embedding(its.words().size() + 1, its.dimensions())));
        width += its.dimensions() - 1;
      }
      position += feature.width();
    }
    int outputs = preparation.target() instanceof Target.Classes(_, var names) ? names.size() : 1;
    return new TableNetwork(embedded, body(width, layout, outputs));
  }

  private static Sequential body(int inputs, Layout layout, int outputs) {
    var layers = new ArrayList<Layer>();
    int size = inputs;
    for (int hidden : layout.hidden()) {
      layers.add(new Dense(size, hidden, layout.activation()));
      if (layout.dropout() > 0) {
        layers.add(new Dropout(layout.dropout()));
      }
      size = hidden;
    }
    layers.add(new Dense(size, outputs));
    return new Sequential(layers);
  }

  @Override
  public Tensor apply(Tensor x) {
    if (columns.isEmpty()) {
      return body.apply(x);
    }
    var parts = new ArrayList<Tensor>();
    int from = 0;
    int width = (int) x.size(1).number();
    for (EmbeddedColumn column : columns) {
      if (column.position() > from) {
        parts.add(x.slice(1, from, column.position()));
      }
      parts.add(column.apply(x));
      from = column.position() + 1;
    }
    if (from < width) {
      parts.add(x.slice(1, from, width));
    }
    return body.apply(Tensor.concat(1, parts.toArray(Tensor[]::new)));
  }
}
