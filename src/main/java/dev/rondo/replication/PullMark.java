package dev.rondo.replication;

import dev.rondo.bus.Notes;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;

/**
 * How far the pull from one member has come. It is kept once all up to there is stored, so that a
 * worker which stops in the middle goes on there and misses nothing.
 *
 * @param done whether all was pulled, and the member vouches for that
 * @param cursor where to go on; EMPTY for the beginning
 */
record PullMark(boolean done, Bytes cursor) {

  static final PullMark BEGINNING = new PullMark(false, Bytes.EMPTY);
  static final PullMark END = new PullMark(true, Bytes.EMPTY);

  private static final Bytes DONE = Bytes.utf8("done");
  private static final Bytes AT = Bytes.utf8("at:");

  static PullMark at(Bytes cursor) {
    return new PullMark(false, cursor);
  }

  static Future<PullMark> recall(Notes notes, int peer) {
    return notes.recall(name(peer)).map(PullMark::parse);
  }

  private static PullMark parse(Bytes note) {
    if (note.equals(DONE)) {
      return END;
    }
    return note.startsWith(AT)
        ? at(note.slice(AT.length(), note.length() - AT.length()))
        : BEGINNING;
  }

  /** Makes it durable, or fails. */
  Future<Void> keep(Notes notes, int peer) {
    return notes.keep(name(peer), note());
  }

  /** The beginning needs none. */
  private Bytes note() {
    if (done) {
      return DONE;
    }
    if (cursor.length() == 0) {
      return Bytes.EMPTY;
    }
    byte[] value = new byte[AT.length() + cursor.length()];
    System.arraycopy(AT.toArray(), 0, value, 0, AT.length());
    System.arraycopy(cursor.toArray(), 0, value, AT.length(), cursor.length());
    return Bytes.wrap(value);
  }

  private static String name(int peer) {
    return "rebuild." + peer;
  }
}
