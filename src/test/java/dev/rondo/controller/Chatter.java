package dev.rondo.controller;

import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that logs numbered lines, as many as it is told, and a number that says so. */
final class Chatter {
  private static final Logger log = LoggerFactory.getLogger(Chatter.class);

  private Chatter() {}

  public static void main(String[] arguments) throws Exception {
    int lines = Integer.parseInt(arguments[0]);
    // A line for each byte that the test sends, so that the test sets the pace.
    int batch = 0;
    while (System.in.read() >= 0) {
      int first = batch * lines;
      IntStream.range(first, first + lines).forEach(line -> log.info("line={}", line));
      batch++;
      System.out.println("batch " + batch);
    }
  }
}
