package dev.rondo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry point of {@code rondo.jar}. */
public final class Rondo {
  private static final Logger log = LoggerFactory.getLogger(Rondo.class);

  private Rondo() {}

  public static void main(String[] arguments) {
    log.info("Starting Rondo node: arguments={}", arguments.length);
  }
}
