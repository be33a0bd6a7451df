package dev.rondo.config;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * How every Vert.x of this program begins: without a folder of its own. By default it makes one
 * among the system's temporary files, for copies of what is read from the class path, and leaves it
 * there when its process is killed. Nothing here is read that way.
 */
public final class PlainVertx {

  private PlainVertx() {}

  /** Options to go on with. */
  public static VertxOptions options() {
    return new VertxOptions()
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }
}
