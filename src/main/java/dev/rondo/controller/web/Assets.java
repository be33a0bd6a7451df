package dev.rondo.controller.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The dashboard's files, from {@code webroot/} of the class path. Each is read once and kept: they
 * are few, and they do not change while the jar runs.
 */
final class Assets {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,8}");
  private static final int NAME_MAX = 256;

  private final Vertx vertx;
  private final String root;
  private final Map<String, Buffer> files = new ConcurrentHashMap<>();

  Assets(Vertx vertx, String root) {
    this.vertx = vertx;
    this.root = root;
  }

  /** The file of this name; empty when there is none, or when it could be something else. */
  Future<Optional<Buffer>> read(String name) {
    Buffer known = files.get(name);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    if (name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
      return Future.succeededFuture(Optional.empty());
    }
    return vertx.executeBlocking(() -> load(name), false);
  }

  private Optional<Buffer> load(String name) throws IOException {
    URL place = Assets.class.getClassLoader().getResource(root + name);
    if (place == null || isFolder(name)) {
      return Optional.empty();
    }
    try (InputStream in = place.openStream()) {
      Buffer file = Buffer.buffer(in.readAllBytes());
      files.put(name, file);
      return Optional.of(file);
    }
  }

  /** A folder can be opened too, as the list of its files. */
  private boolean isFolder(String name) {
    return Assets.class.getClassLoader().getResource(root + name + "/") != null
        && !name.contains(".");
  }
}
