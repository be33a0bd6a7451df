package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainVertxTest {
  @TempDir Path folder;

  @Test
  void it_makes_no_folder_for_temporary_files() {
    start(PlainVertx.options());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void the_usual_one_makes_its_folder_in_the_same_place() {
    VertxOptions usual = new VertxOptions();
    usual.getFileSystemOptions().setFileCacheDir(folder.resolve("cache").toString());
    Vertx vertx = Vertx.vertx(usual);
    try {
      assertThat(folder).isNotEmptyDirectory();
    } finally {
      vertx.close().await();
    }
  }

  private void start(VertxOptions options) {
    options.getFileSystemOptions().setFileCacheDir(folder.resolve("cache").toString());
    Vertx.vertx(options).close().await();
  }
}
