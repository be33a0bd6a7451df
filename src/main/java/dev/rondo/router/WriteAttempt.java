package dev.rondo.router;

import dev.rondo.bus.Writing;
import dev.rondo.core.version.Version;

/**
 * One stamping of a client's write.
 *
 * @param deadline by which the client has its answer, on the clock of {@link Pacer#now}
 * @param number counts the attempts, from 1
 * @param floor what the version has to be later than
 */
record WriteAttempt(Writing.Write write, long deadline, int number, Version floor) {

  static WriteAttempt first(Writing.Write write) {
    return new WriteAttempt(write, Pacer.now() + write.timeoutMillis(), 1, Version.NONE);
  }

  /** The next attempt, above what was found in the way of this one. */
  WriteAttempt above(Version newest) {
    return new WriteAttempt(write, deadline, number + 1, Version.max(floor, newest));
  }

  long millisLeft() {
    return Math.max(1, deadline - Pacer.now());
  }

  /** The write under its version, with the time that is left to whoever coordinates it. */
  Writing.Forwarded stamped(Version version, long millisLeft) {
    return new Writing.Forwarded(
        millisLeft == write.timeoutMillis() ? write : limited(millisLeft), version);
  }

  private Writing.Write limited(long millisLeft) {
    return new Writing.Write(
        write.key(),
        write.content(),
        write.w(),
        write.sloppy(),
        millisLeft,
        write.condition(),
        write.traced());
  }
}
