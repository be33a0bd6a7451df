package dev.rondo.replication;

import dev.rondo.bus.Notes;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import io.vertx.core.Future;

/**
 * How far the pull from one member has come. It is stored together with what was pulled, so that a
 * worker which stops in the middle goes on there.
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

  /** What makes it durable; the beginning needs no note. */
  Storing.Entry.Note note(int peer) {
    if (done) {
      return new Storing.Entry.Note(name(peer), DONE);
    }
    if (cursor.length() == 0) {
      return new Storing.Entry.Note(name(peer), Bytes.EMPTY);
    }
    byte[] value = new byte[AT.length() + cursor.length()];
    System.arraycopy(AT.toArray(), 0, value, 0, AT.length());
    System.arraycopy(cursor.toArray(), 0, value, AT.length(), cursor.length());
    return new Storing.Entry.Note(name(peer), Bytes.wrap(value));
  }

  private static String name(int peer) {
    return "rebuild." + peer;
  }
}
