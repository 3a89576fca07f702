package dev.cajal.cli;

import dev.cajal.CajalException;
import dev.cajal.data.builtin.BuiltIn;
import dev.cajal.data.builtin.BuiltInTables;
import dev.cajal.data.image.Idx;
import dev.cajal.data.image.ImageFolder;
import dev.cajal.data.image.PictureFiles;
import dev.cajal.data.prepare.Filling;
import dev.cajal.data.prepare.Task;
import dev.cajal.data.table.Reading;
import dev.cajal.data.table.Table;
import dev.cajal.workbench.Material;
import dev.cajal.workbench.PictureMaterial;
import dev.cajal.workbench.TableMaterial;
import dev.cajal.workbench.TableWishes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is learned from, and how it is read. */
final class DataOptions {

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description = {
        "A table (CSV, TSV, JSON lines, Parquet, compressed or not), a folder with a folder of"
            + " pictures for each class, an IDX file as MNIST has, or built-in data: digits,"
            + " spirals, moons, circles, blobs, xor, waves. Default: digits."
      })
  String data = "digits";

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "What is to be told: a column's name, its number, or 'last' (the default).")
  String target = "last";

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "classification, binary or regression, where the target leaves it open.")
  @Nullable Task task;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description = "Missing values: refuse (the default), mean, median, mode or drop.")
  Filling missing = Filling.REFUSE;

  @Option(
      names = "--drop",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns to leave out, with commas between.")
  List<String> drop = new ArrayList<>();

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Rows with the same value here stay together: all for training or all for test.")
  @Nullable String group;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Test with the last rows in the order of this column.")
  @Nullable String time;

  @Option(
      names = "--header",
      negatable = true,
      description = "The first row has the names of columns, or has not. Default: as it looks.")
  @Nullable Boolean header;

  @Option(
      names = "--separator",
      paramLabel = "CHARACTER",
      description = "What stands between cells, or 'tab'. Default: as it looks.")
  @Nullable String separator;

  @Option(
      names = "--sql",
      paramLabel = "QUERY",
      description = "Learn from what this asks, such as \"SELECT * FROM 'a.parquet' WHERE x > 0\".")
  @Nullable String sql;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Scale pictures to this many pixels. Default: their own size, up to 64.")
  @Nullable String size;

  /** Refuses what makes no sense for any data. */
  void require(CommandLine command) {
    Mistakes.require(
        command,
        "--separator",
        separator,
        its -> its.length() == 1 || its.equals("tab") || its.equals("\\t"),
        "a single character, or tab");
    Mistakes.require(
        command,
        "--size",
        size,
        its -> its.matches("[1-9]\\d{0,3}(x[1-9]\\d{0,3})?"),
        "32x32 or the like, from 1 to 9999 pixels");
  }

  /** The words that say the same again. */
  List<String> words() {
    var words = new ArrayList<>(sql == null ? List.of(data) : List.of("--sql", sql));
    if (!target.equals("last")) {
      words.addAll(List.of("--target", target));
    }
    if (task != null) {
      words.addAll(List.of("--task", task.name().toLowerCase(Locale.ROOT)));
    }
    if (missing != Filling.REFUSE) {
      words.addAll(List.of("--missing", missing.name().toLowerCase(Locale.ROOT)));
    }
    if (!drop.isEmpty()) {
      words.addAll(List.of("--drop", String.join(",", drop)));
    }
    if (group != null) {
      words.addAll(List.of("--group", group));
    }
    if (time != null) {
      words.addAll(List.of("--time", time));
    }
    if (separator != null) {
      words.addAll(List.of("--separator", separator));
    }
    if (size != null) {
      words.addAll(List.of("--size", size));
    }
    if (header != null) {
      words.add(header ? "--header" : "--no-header");
    }
    return words;
  }

  /** What all of it comes to. */
  Material material(long seed, Path folder) {
    if (sql != null) {
      return table(Table.query(sql, reading(folder)), seed, folder);
    }
    Path path = Path.of(data);
    if (!Files.exists(path)
        && Arrays.stream(BuiltIn.values()).anyMatch(it -> it.title().equals(data))) {
      BuiltIn known = BuiltIn.named(data);
      return known == BuiltIn.DIGITS
          ? ofPictures(PictureMaterial.digits(seed))
          : table(BuiltInTables.of(known, seed), seed, folder);
    }
    if (!Files.exists(path)) {
      if (data.contains(".") || data.contains("/")) {
        throw new CajalException("there is no file or folder " + data);
      }
      throw new CajalException(
          "there is no file %s, and no built-in data of that name (%s)"
              .formatted(
                  data,
                  String.join(", ", Arrays.stream(BuiltIn.values()).map(BuiltIn::title).toList())));
    }
    if (Files.isDirectory(path)) {
      return ofPictures(PictureMaterial.of(data, pictures(path).read(), seed));
    }
    if (PictureFiles.isOne(path)) {
      throw new CajalException(
          "%s is a single picture: there is nothing to learn from; a folder is expected, with a folder of pictures for each class"
              .formatted(data));
    }
    return isIdx(path)
        ? ofPictures(PictureMaterial.of(path.getFileName().toString(), Idx.read(path), seed))
        : table(Table.read(path, reading(folder)), seed, folder);
  }

  private ImageFolder pictures(Path path) {
    ImageFolder folder = ImageFolder.of(path);
    if (size == null) {
      return folder;
    }
    String[] sides = size.split("x", 2);
    int width = Integer.parseInt(sides[0]);
    return folder.size(width, sides.length == 1 ? width : Integer.parseInt(sides[1]));
  }

  /** Who asks for a column of pictures means other data. */
  private Material ofPictures(PictureMaterial material) {
    refuse("--target", !target.equals("last"));
    refuse("--task", task != null);
    refuse("--missing", missing != Filling.REFUSE);
    refuse("--drop", !drop.isEmpty());
    refuse("--group", group != null);
    refuse("--time", time != null);
    return material;
  }

  private void refuse(String option, boolean isGiven) {
    if (isGiven) {
      throw new CajalException("%s is for tables, not for pictures (%s)".formatted(option, data));
    }
  }

  private TableMaterial table(Table table, long seed, Path folder) {
    if (size != null) {
      throw new CajalException("--size is for pictures, and %s is a table".formatted(data));
    }
    return TableMaterial.of(
        table,
        new TableWishes(
            target,
            Optional.ofNullable(task),
            missing,
            drop,
            Optional.ofNullable(group),
            Optional.ofNullable(time),
            seed,
            folder));
  }

  Reading reading(Path folder) {
    Reading reading = Reading.usual().folder(folder);
    if (header != null) {
      reading = reading.header(header);
    }
    if (separator != null) {
      String its = separator.equals("tab") || separator.equals("\\t") ? "\t" : separator;
      reading = reading.separator(its.charAt(0));
    }
    return reading;
  }

  /** Two zero bytes, a type and a number of axes, plain or compressed: no text begins so. */
  static boolean isIdx(Path file) {
    try (InputStream plain = new BufferedInputStream(Files.newInputStream(file))) {
      plain.mark(2);
      boolean isPacked = plain.read() == 0x1f && plain.read() == 0x8b;
      plain.reset();
      InputStream in = isPacked ? new GZIPInputStream(plain) : plain;
      byte[] magic = in.readNBytes(4);
      return magic.length == 4 && magic[0] == 0 && magic[1] == 0 && magic[2] >= 8 && magic[3] > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
