package dev.rondo.controller;

import dev.rondo.config.NodeFolder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that does of a worker's work only this: it holds the folder as long as it lives. */
final class StandIn {

  private StandIn() {}

  public static void main(String[] arguments) throws Exception {
    try (NodeFolder folder = NodeFolder.claim(Path.of(arguments[0]))) {
      System.out.println("holding " + folder);
      new CountDownLatch(1).await();
    }
  }
}
