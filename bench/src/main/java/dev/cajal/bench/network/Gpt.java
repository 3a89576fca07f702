package dev.cajal.bench.network;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Products;
import dev.cajal.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small GPT (Radford et al., 2019): tokens {@code [batch, time]} to logits {@code [batch, time,
 * tokens]}. Normalisation comes first in each block, positions are learned, nothing is dropped.
 */
public record Gpt(
    Parameter token, Parameter position, List<Block> blocks, Norm norm, Parameter output)
    implements Network {

  /** How large a network is: the width of its vectors, and how many of what it has. */
  public record Size(int tokens, int width, int heads, int layers, int context) {}

  /** Attention and a wide layer, each added to what comes in. */
  record Block(
      int heads, Norm norm1, Dense qkv, Dense projection, Norm norm2, Dense wide, Dense narrow)
      implements Network {

    static Block of(String name, int width, int heads) {
      return new Block(
          heads,
          Norm.of(name + ".norm1", width),
          Dense.of(name + ".qkv", width, 3 * width),
          Dense.of(name + ".projection", width, width),
          Norm.of(name + ".norm2", width),
          Dense.of(name + ".wide", width, 4 * width),
          Dense.of(name + ".narrow", 4 * width, width));
    }

    @Override
    public Tensor apply(Tensor x) {
      Tensor y = x.plus(projection.apply(attention(norm1.apply(x))));
      return y.plus(narrow.apply(wide.apply(norm2.apply(y)).gelu()));
    }

    private Tensor attention(Tensor x) {
      Tensor all = qkv.apply(x);
      Tensor causal = Products.causalMask(x.size(1), x.size(1));
      return head(all, 0)
          .attention(head(all, 1), head(all, 2), causal)
          .transpose(0, 2, 1, 3)
          .flatten(2, 3);
    }

    /** Queries, keys or values, {@code [batch, heads, time, width/heads]}. */
    private Tensor head(Tensor all, int number) {
      long width = all.size(-1).number() / 3;
      return all.slice(-1, number * width, (number + 1) * width)
          .reshape(all.size(0), all.size(1), heads, width / heads)
          .transpose(0, 2, 1, 3);
    }

    @Override
    public List<Parameter> parameters() {
      return Stream.of(norm1, qkv, projection, norm2, wide, narrow)
          .flatMap(part -> part.parameters().stream())
          .toList();
    }
  }

  public static Gpt of(Size size) {
    int width = size.width();
    return new Gpt(
        Weights.normal("token", size.tokens(), width),
        Weights.normal("position", size.context(), width),
        IntStream.range(0, size.layers())
            .mapToObj(i -> Block.of("block" + i, width, size.heads()))
            .toList(),
        Norm.of("norm", width),
        Weights.uniform("output", 1 / Math.sqrt(width), size.tokens(), width));
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor y = token.value().gather(0, x).plus(position.value());
    for (Block block : blocks) {
      y = block.apply(y);
    }
    return norm.apply(y).matmul(output.value().transpose());
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(
            Stream.of(token, position),
            blocks.stream().flatMap(block -> block.parameters().stream()),
            norm.parameters().stream(),
            Stream.of(output))
        .flatMap(each -> each)
        .toList();
  }
}
