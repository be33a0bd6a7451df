package dev.rondo.persistence;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue in front of storage threads. It never blocks those who offer, and gives those
 * who take as much at once as they can use.
 */
final class Inbox<T extends Inbox.Load> {

  private final int countMax;
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;
  private int count;

  /** An inbox for so many entries, that take up so many bytes. */
  Inbox(int countMax, long bytesMax) {
    this.countMax = countMax;
    this.bytesMax = bytesMax;
  }

  /** Something that weighs. */
  interface Load {

    /** How many entries it stands for. */
    int count();

    /** How much memory it holds. */
    long bytes();
  }

  /** Puts it into the queue unless that is full or closed. One that is empty takes anything. */
  boolean offer(T load) {
    lock.lock();
    try {
      boolean fits = count + load.count() <= countMax && bytes + load.bytes() <= bytesMax;
      if (closed || !(fits || waiting.isEmpty())) {
        return false;
      }
      waiting.add(load);
      count += load.count();
      bytes += load.bytes();
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something is there, at most {@code nanos}, and takes what is there: one at least,
   * and no more than so many entries or bytes.
   */
  void drain(List<T> into, int entriesMax, long sizeMax, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      int entries = 0;
      long size = 0;
      for (T next = waiting.peek(); next != null; next = waiting.peek()) {
        if (!into.isEmpty()
            && (entries + next.count() > entriesMax || size + next.bytes() > sizeMax)) {
          break;
        }
        into.add(waiting.remove());
        entries += next.count();
        size += next.bytes();
      }
      count -= entries;
      bytes -= size;
      if (!waiting.isEmpty()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** As long as nothing else happens. */
  static long forever() {
    return TimeUnit.DAYS.toNanos(1);
  }

  /** Refuses from now on; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is closed and everything was taken. */
  boolean isOver() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many entries wait. */
  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }
}
