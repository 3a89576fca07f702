import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A network as an ONNX file, in the few of its fields that are needed: protocol buffers written by
 * hand.
 */
final class OnnxModel {
  private static final int FLOAT = 1;
  private static final int INT_ATTRIBUTE = 2;

  private final Message graph = new Message().text(2, "network");

  /** A value that is given or asked for; a negative size is left open. */
  OnnxModel input(String name, int... sizes) {
    graph.message(11, value(name, sizes));
    return this;
  }

  OnnxModel output(String name, int... sizes) {
    graph.message(12, value(name, sizes));
    return this;
  }

  /** Numbers that are part of the network. */
  OnnxModel initializer(String name, float[] numbers, int... sizes) {
    var bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    var tensor = new Message();
    for (int size : sizes) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, bytes.array()));
    return this;
  }

  OnnxModel node(String operation, String output, String... inputs) {
    graph.message(1, operation(operation, output, inputs));
    return this;
  }

  /** {@code output = x · weightᵀ + bias}. */
  OnnxModel dense(String output, String x, String weight, String bias) {
    Message transposed = new Message().text(1, "transB").number(3, 1).number(20, INT_ATTRIBUTE);
    graph.message(1, operation("Gemm", output, x, weight, bias).message(5, transposed));
    return this;
  }

  byte[] bytes() {
    Message operations = new Message().text(1, "").number(2, 17);
    return new Message().number(1, 8).message(8, operations).message(7, graph).toByteArray();
  }

  private static Message operation(String operation, String output, String... inputs) {
    var node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output).text(3, output).text(4, operation);
  }

  private static Message value(String name, int... sizes) {
    var shape = new Message();
    for (int size : sizes) {
      Message dimension =
          size < 0 ? new Message().text(2, "n" + -size) : new Message().number(1, size);
      shape.message(1, dimension);
    }
    Message tensor = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of protocol buffers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint(field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint(field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toByteArray());
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        out.write((int) (left & 0x7F | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
