package dev.rondo.cli;

import dev.rondo.core.record.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Stores the lines of an export, so many at a time. */
final class Importing implements AutoCloseable {

  private final Server server;
  private final Patience patience;
  private final boolean onlyNew;
  private final ExecutorService workers;

  /**
   * An import that has not begun.
   *
   * @param onlyNew leaves alone what exists
   */
  Importing(Server server, Patience patience, int concurrency, boolean onlyNew) {
    this.server = server;
    this.patience = patience;
    this.onlyNew = onlyNew;
    this.workers = Executors.newFixedThreadPool(concurrency);
  }

  /** A key to store. */
  record Line(String path, String contentType, Bytes value) {

    /** Reads one; fails when it is none. */
    static Line of(byte[] text, long number) {
      try {
        JsonObject json = new JsonObject(Buffer.buffer(text));
        String key = json.getString("key");
        String value = json.getString("value");
        if (key != null && value != null) {
          Bytes bytes = Bytes.wrap(Base64.getDecoder().decode(value));
          return new Line("/kv/" + Server.escaped(key), json.getString("contentType", ""), bytes);
        }
      } catch (DecodeException | ClassCastException | IllegalArgumentException malformed) {
        // Said below.
      }
      throw new Refused(
          Exits.FAILED,
          "line "
              + number
              + " has no JSON with a key of 1 to 1024 bytes in Unicode and a value in base64");
    }
  }

  /** Stores all of these, or fails; returns those that were stored and not left alone. */
  List<Line> store(List<Line> lines) {
    List<Future<Boolean>> writes = new ArrayList<>();
    for (Line line : lines) {
      writes.add(workers.submit(() -> patience.insist(() -> store(line))));
    }
    List<Line> stored = new ArrayList<>();
    RuntimeException failure = null;
    for (int i = 0; i < writes.size(); i++) {
      try {
        if (writes.get(i).get()) {
          stored.add(lines.get(i));
        }
      } catch (ExecutionException e) {
        failure = first(failure, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refused(Exits.FAILED, "interrupted");
      }
    }
    if (failure != null) {
      throw failure;
    }
    return stored;
  }

  private static RuntimeException first(@Nullable RuntimeException before, ExecutionException e) {
    return before != null
        ? before
        : e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  /** Whether it was stored, and not left alone. */
  private boolean store(Line line) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!line.contentType().isEmpty()) {
      headers.put("Content-Type", line.contentType());
    }
    if (onlyNew) {
      headers.put("If-None-Match", "*");
    }
    try {
      server.send("PUT", line.path(), BodyPublishers.ofByteArray(line.value().toArray()), headers);
      return true;
    } catch (Refused refused) {
      if (onlyNew && refused.exit() == Exits.CONFLICT) {
        return false;
      }
      throw refused;
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
