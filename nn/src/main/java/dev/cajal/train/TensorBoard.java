package dev.cajal.train;

import dev.cajal.CajalException;
import dev.cajal.files.Interrupts;
import dev.cajal.files.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Writes losses and metrics as TensorBoard reads them: {@code tensorboard --logdir runs} shows the
 * run, also while it goes on.
 *
 * <pre>{@code trainer.telling(TensorBoard.in(Path.of("runs/first")))}</pre>
 *
 * <p>A file is a series of records, each with its length and checksums; a record is a message of
 * the protocol buffer {@code tensorflow.Event}. A run that goes on has a second file, and what the
 * first says of later steps no longer counts.
 */
public final class TensorBoard implements Consumer<Event> {
  /** Losses of single steps, no more often than that. */
  private static final long STEPS = 500_000_000L;

  private final Path folder;
  private Path file;
  private long length;
  private long told;

  private TensorBoard(Path folder) {
    this.folder = folder;
    this.file = folder;
  }

  /** In files of this folder. */
  public static TensorBoard in(Path folder) {
    return new TensorBoard(folder);
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.Began began -> begin(began);
      case Event.Step step -> {
        long now = System.nanoTime();
        if (step.number() == 1 || now - told >= STEPS) {
          told = now;
          scalar("step/loss", step.number(), step.loss());
          scalar("step/pace", step.number(), step.pace());
        }
      }
      case Event.Epoch epoch -> {
        scalar("epoch/loss", epoch.step(), epoch.loss());
        epoch.validation().ifPresent(loss -> scalar("epoch/validation_loss", epoch.step(), loss));
        epoch.metrics().forEach((name, value) -> scalar("epoch/" + name, epoch.step(), value));
      }
      case Event.Saved _, Event.Damaged _, Event.Ended _ -> {}
    }
  }

  private void begin(Event.Began began) {
    long milliseconds = System.currentTimeMillis();
    String name = "events.out.tfevents.%s.%s".formatted(milliseconds / 1000, host());
    try {
      Files.createDirectories(folder);
      file = folder.resolve(name);
      for (int i = 1; Files.exists(file); i++) {
        file = folder.resolve(name + "." + i);
      }
    } catch (IOException e) {
      throw new CajalException(
          "can't make the folder %s: %s".formatted(folder, WholeFile.why(e)), e);
    }
    length = 0;
    append(event(0, message -> message.text(3, "brain.Event:2")));
    // A session that starts at a step: what was written of later ones is left out.
    began
        .done()
        .ifPresent(
            done -> append(event(done + 1, message -> message.part(7, log -> log.number(1, 1)))));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private void scalar(String tag, long step, double value) {
    append(
        event(
            step,
            message ->
                message.part(
                    5,
                    summary -> summary.part(1, its -> its.text(1, tag).single(2, (float) value)))));
  }

  private static byte[] event(long step, Consumer<Message> what) {
    var message = new Message().twofold(1, System.currentTimeMillis() / 1e3).number(2, step);
    what.accept(message);
    return message.bytes();
  }

  /** The length and its checksum, the data and theirs; in one piece, so that none is cut. */
  private void append(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(checksum(record.array(), 8)).put(data).putInt(checksum(data, data.length));
    try {
      Interrupts.held(() -> {
        append(record.clear());
        return file;
      });
    } catch (IOException e) {
      throw new CajalException("can't write %s: %s".formatted(file, WholeFile.why(e)), e);
    }
  }

  /** All of it or nothing. */
  private void append(ByteBuffer record) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length);
      while (record.hasRemaining()) {
        channel.write(record, length + record.position());
      }
      length += record.limit();
    }
  }

  /** CRC-32C, turned and shifted as the format of records has it. */
  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /** The bytes of a protocol buffer's message. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
      return out.toByteArray();
    }

    Message number(int field, long value) {
      varint((field << 3) | VARINT);
      varint(value);
      return this;
    }

    Message twofold(int field, double value) {
      varint((field << 3) | EIGHT_BYTES);
      return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
    }

    Message single(int field, float value) {
      varint((field << 3) | FOUR_BYTES);
      return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message part(int field, Consumer<Message> content) {
      var inner = new Message();
      content.accept(inner);
      return bytes(field, inner.bytes());
    }

    private Message bytes(int field, byte[] value) {
      varint((field << 3) | LENGTH);
      varint(value.length);
      return raw(value);
    }

    private Message raw(byte[] value) {
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        out.write((int) ((left & 0x7F) | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
