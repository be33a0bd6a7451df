package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How things are written into the column families. All numbers are big-endian, so that the engine's
 * order of bytes is their order.
 *
 * <ul>
 *   <li>records: key to {@link StoredRecord#encoded};
 *   <li>index: place on the ring (4, unsigned) and key to {@link IndexEntry};
 *   <li>hints: owner (4) and sequence (8) to time of arrival (8), length of the key (2), key,
 *       record;
 *   <li>meta: name to value.
 * </ul>
 */
final class Layout {

  /** The note that holds the random identity of this store. */
  static final String STORE_ID = "store.id";

  /** The note that says how far this store is filled; others write it later. */
  static final String STORE_STATE = "store.state";

  /** What {@link #STORE_STATE} says of a store that was just created. */
  static final String STATE_NEW = "new";

  /** What {@link #STORE_STATE} says of a store that may lack anything. */
  static final String STATE_REBUILDING = "rebuilding";

  /** Notes of this beginning say how far a rebuild has come; others write them. */
  static final String REBUILD_MARKS = "rebuild.";

  /** Under this name the writer keeps {@link KeyCount}; no note can have it. */
  static final byte[] KEY_COUNT = {0, 'k', 'e', 'y', 's'};

  static final int HINT_KEY_SIZE = Integer.BYTES + Long.BYTES;

  private static final int HINT_HEAD = Long.BYTES + Short.BYTES;

  private Layout() {}

  static byte[] indexKey(Key key) {
    Bytes bytes = key.bytes();
    byte[] indexKey = new byte[Integer.BYTES + bytes.length()];
    ByteBuffer.wrap(indexKey)
        .putInt(key.position())
        .put(bytes.array(), bytes.offset(), bytes.length());
    return indexKey;
  }

  /** The first index key that a place on the ring can have. */
  static byte[] indexStart(long position) {
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) position).array();
  }

  static long positionOf(byte[] indexKey) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(indexKey).getInt());
  }

  static Key keyOf(byte[] indexKey) {
    Bytes bytes = Bytes.wrap(indexKey);
    return Key.of(bytes.slice(Integer.BYTES, bytes.length() - Integer.BYTES));
  }

  static byte[] hintKey(int owner, long sequence) {
    return ByteBuffer.allocate(HINT_KEY_SIZE).putInt(owner).putLong(sequence).array();
  }

  static int ownerOf(byte[] hintKey) {
    return ByteBuffer.wrap(hintKey).getInt();
  }

  static long sequenceOf(byte[] hintKey) {
    return ByteBuffer.wrap(hintKey).getLong(Integer.BYTES);
  }

  static byte[] hint(long createdAtMillis, Key key, StoredRecord record) {
    Bytes name = key.bytes();
    Bytes content = record.encoded();
    return ByteBuffer.allocate(HINT_HEAD + name.length() + content.length())
        .putLong(createdAtMillis)
        .putShort((short) name.length())
        .put(name.array(), name.offset(), name.length())
        .put(content.array(), content.offset(), content.length())
        .array();
  }

  /** What a hint takes up, by which {@code hints.bytesMax} counts. */
  static long hintSize(Key key, StoredRecord record) {
    return (long) HINT_KEY_SIZE + HINT_HEAD + key.bytes().length() + record.encoded().length();
  }

  /** Reads the time of arrival, for which the first bytes of a hint suffice. */
  static long createdAt(byte[] hint) {
    return ByteBuffer.wrap(hint).getLong(0);
  }

  /** The key of a hint; throws {@link IllegalArgumentException} when it is not one. */
  static Key hintedKey(byte[] hint) {
    try {
      int length = Short.toUnsignedInt(ByteBuffer.wrap(hint).getShort(Long.BYTES));
      return Key.of(Bytes.wrap(hint).slice(HINT_HEAD, length));
    } catch (IndexOutOfBoundsException cutOff) {
      throw new IllegalArgumentException("hint is cut off", cutOff);
    }
  }

  /** The key of a hint as it stands behind its time of arrival, with its length before it. */
  static Bytes hintedKeyBytes(Key key) {
    Bytes name = key.bytes();
    return Bytes.wrap(
        ByteBuffer.allocate(Short.BYTES + name.length())
            .putShort((short) name.length())
            .put(name.array(), name.offset(), name.length())
            .array());
  }

  static StoredRecord hintedRecord(Key key, byte[] hint) throws CorruptRecord {
    int start = HINT_HEAD + key.bytes().length();
    return StoredRecord.decode(key, Bytes.wrap(hint).slice(start, hint.length - start));
  }

  static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
