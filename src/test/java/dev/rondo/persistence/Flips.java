package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDBException;

/** Flips bits in the tables of a store, as a disk would. */
final class Flips {

  private final Path store;
  private final Map<Family, List<Path>> tables = new TreeMap<>();

  /** The tables of a store that nobody has open. */
  Flips(TestNode stopped) {
    store = stopped.storeFolder();
    try (Engine engine = Engine.open(store, stopped.config.storage(), Engine.Mode.READ_ONLY)) {
      for (Family family : Family.values()) {
        tables.put(
            family,
            engine.tables().stream()
                .filter(table -> title(table).startsWith(title(family)))
                .map(table -> store.resolve(table.fileName().substring(1)))
                .sorted()
                .toList());
      }
    } catch (RocksDBException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String title(LiveFileMetaData table) {
    return new String(table.columnFamilyName(), StandardCharsets.UTF_8);
  }

  private static String title(Family family) {
    return new String(family.nameBytes(), StandardCharsets.UTF_8);
  }

  List<Path> tables(Family family) {
    return tables.get(family);
  }

  /** Flips a bit where some text is found in one of the family's tables. */
  void flip(Family family, String text) {
    for (Path table : tables(family)) {
      int at = content(table).indexOf(text);
      if (at >= 0) {
        flip(table, at);
        return;
      }
    }
    assertThat(tables(family)).as("no table of %s contains '%s'", family, text).isEmpty();
  }

  /** Flips a bit at a part of the way into a table. */
  static void flip(Path table, double part) {
    flip(table, (long) (part * table.toFile().length()));
  }

  static void flip(Path table, long at) {
    try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
      file.seek(at);
      int octet = file.read();
      file.seek(at);
      file.write(octet ^ 1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
