package dev.rondo.http;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The room for values that are on their way in, and those that wait for some.
 *
 * <p>Who began first goes first. One value, the first for which there is no room, may go beyond the
 * limit: otherwise the halves of many values could fill the room and wait for each other. When that
 * is made good, another one may. A value that is there whole, as small ones are, does not wait
 * behind large ones, for which some of the room is closed.
 */
final class IntakeQueue {

  /** For values that come in one piece only. */
  private static final int RESERVED_SHARE = 8;

  /**
   * What has come of a value that waits: a piece, and what was read before the {@link Brake} took
   * hold. As many may wait as fit into the same room once more.
   */
  private static final int WAITING_BYTES = 128 << 10;

  /** What became of a wish. */
  enum Verdict {
    TAKEN,
    /** Until the body is told to {@linkplain ValueBody#goOn go on}. */
    WAITS,
    REFUSED
  }

  private final Allowance allowance;
  private final long reserved;
  private final int beyondMax;
  private final long waitingMax;
  private final TreeSet<ValueBody> waiting =
      new TreeSet<>(Comparator.comparingLong(ValueBody::number));
  private @Nullable ValueBody beyond;

  /** Room for so many bytes, and for one value of {@code valueBytesMax}. */
  IntakeQueue(long bytes, int valueBytesMax) {
    this.allowance = new Allowance(bytes);
    this.reserved = bytes / RESERVED_SHARE;
    this.beyondMax = valueBytesMax;
    this.waitingMax = Math.max(1, bytes / WAITING_BYTES);
  }

  /** Takes room for the next bytes of a value, or for all of it. */
  Verdict take(ValueBody body, int bytes, boolean whole) {
    if (whole && allowance.takeUpTo(-beyondMax, bytes)) {
      return Verdict.TAKEN;
    }
    if ((body == beyond || isNext(body)) && takeFor(body, bytes)) {
      return Verdict.TAKEN;
    }
    if (waiting.size() >= waitingMax) {
      return Verdict.REFUSED;
    }
    waiting.add(body);
    return Verdict.WAITS;
  }

  /** Bytes that were taken are no longer needed. */
  void giveBack(int bytes) {
    allowance.giveBack(bytes);
    goOn();
  }

  /** All of it has come, or nothing more will. */
  void leave(ValueBody body) {
    waiting.remove(body);
    if (body == beyond) {
      beyond = null;
    }
    goOn();
  }

  private void goOn() {
    while (!waiting.isEmpty()) {
      ValueBody first = waiting.first();
      if (!takeFor(first, first.wanted())) {
        return;
      }
      waiting.remove(first);
      first.goOn();
    }
  }

  private boolean isNext(ValueBody body) {
    return waiting.isEmpty() || body.number() < waiting.first().number();
  }

  private boolean takeFor(ValueBody body, int bytes) {
    if (body != beyond && allowance.takeUpTo(reserved, bytes)) {
      return true;
    }
    if (beyond == null && allowance.has(reserved)) {
      beyond = body;
    }
    if (body == beyond) {
      allowance.overdraw(bytes);
      return true;
    }
    return false;
  }
}
