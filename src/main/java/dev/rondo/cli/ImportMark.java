package dev.rondo.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How far an import of a file has come, kept beside the file. */
final class ImportMark {

  /** What is imported: so many bytes and lines from the beginning. */
  record Place(long offset, long lines) {

    static final Place BEGINNING = new Place(0, 0);
  }

  private final Path file;
  private final Path mark;

  ImportMark(Path file) {
    this.file = file;
    this.mark = file.resolveSibling(file.getFileName() + ".imported");
  }

  /** Where to go on; fails when the file cannot be the one that was begun. */
  Place read() throws IOException {
    if (!Files.exists(mark)) {
      return Place.BEGINNING;
    }
    try {
      JsonObject json = new JsonObject(Buffer.buffer(Files.readAllBytes(mark)));
      Place place = new Place(json.getLong("offset", -1L), json.getLong("lines", -1L));
      if (place.offset() >= 0 && place.lines() >= 0 && place.offset() <= Files.size(file)) {
        return place;
      }
    } catch (DecodeException | ClassCastException foreign) {
      // Said below.
    }
    throw new IllegalArgumentException(mark + " does not fit the file; begin without --resume");
  }

  /** Everything before this place is imported. */
  void write(Place place) throws IOException {
    Path next = mark.resolveSibling(mark.getFileName() + ".new");
    JsonObject json = new JsonObject().put("offset", place.offset()).put("lines", place.lines());
    Files.write(next, json.toBuffer().getBytes());
    Files.move(next, mark, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** All of it is imported. */
  void clear() throws IOException {
    Files.deleteIfExists(mark);
  }
}
