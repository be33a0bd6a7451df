package dev.rondo.membership;

import java.util.function.IntConsumer;

/** Who notices that a worker's process has gone, or come. */
public interface Membership {

  /** Tells from now on, on any thread, which workers leave and join; returns how to stop that. */
  Runnable follow(IntConsumer left, IntConsumer joined);
}
