package dev.rondo.persistence;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to keys, in memory, within a fixed number of bytes. Belongs to one thread.
 *
 * <p>Entries lie one behind the other in a log of {@value #SEGMENTS} segments or some more. When
 * the last one is full the oldest is written over, with everything in it; an entry that is asked
 * for shortly before that is written once more at the end. So there are no objects that live for a
 * while and then die, which is what a collector of garbage is worst at: however much comes and
 * goes, nothing does.
 *
 * <p>An index of buckets with {@value #WAYS} ways says where a key's entry begins. It may forget a
 * key, when too many fall into one bucket, and it may take one key for another: the log, which has
 * the keys too, knows better.
 */
final class ByteCache {

  private static final int SEGMENTS = 16;
  private static final int WAYS = 8;

  /** A segment is made at once, on the thread that everything else waits for. */
  private static final int SEGMENT_BYTES_MAX = 4 << 20;

  /**
   * What a segment leaves free, where it is large: a collector that gives large arrays regions of
   * their own would need one more for the head of the array.
   */
  private static final int ARRAY_HEAD = 64;

  private static final int LARGE_BITS = 16;

  /** An entry that takes more than this part of a segment is not worth those it would replace. */
  private static final int PART_MAX = 16;

  /** What stands before the key: its length, and that of what belongs to it. */
  private static final int HEADER = 8;

  /** What {@link #get(Key, byte[])} returns for nothing. */
  static final int NOTHING = -1;

  private static final int ALIGNMENT_BITS = 3;
  private static final int PLACE_BITS = 44;
  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  /** Places behind this one have no room in the index. */
  private static final long END_MAX = 1L << (PLACE_BITS + ALIGNMENT_BITS - 1);

  private static final int TAG_SHIFT = 12;
  private static final int NOWHERE = -1;

  /** How large a segment is, a power of two. */
  private final int segmentBits;

  /** How much of a segment is used. */
  private final int segmentBytes;

  private final @Nullable ByteBuffer[] segments;

  /** Tags of keys, and below them, from 1 on, the places where their entries begin; 0 for none. */
  private final long[] index;

  private final int bucketMask;

  /** Where the next entry goes, counted from the first byte that was ever written. */
  private long end;

  /**
   * An empty one, which takes memory as it fills.
   *
   * @param bytes of all entries; with 0 it stays empty
   * @param typicalBytes of one of them, which says how many there will be
   */
  ByteCache(long bytes, int typicalBytes) {
    long part = Math.max(1, Math.min(SEGMENT_BYTES_MAX, bytes / SEGMENTS));
    segmentBits = Long.SIZE - 1 - Long.numberOfLeadingZeros(part);
    segmentBytes = (1 << segmentBits) - (segmentBits >= LARGE_BITS ? ARRAY_HEAD : 0);
    segments = new @Nullable ByteBuffer[(int) Math.max(SEGMENTS, bytes >>> segmentBits)];
    long buckets = Math.max(1, bytes / typicalBytes / WAYS);
    bucketMask = (int) Long.highestOneBit(Math.min(buckets, 1 << 24)) - 1;
    index = new long[(bucketMask + 1) * WAYS];
  }

  /** What belongs to a key, as a fresh array; null for nothing. */
  byte @Nullable [] get(Key key) {
    int slot = slotOf(key);
    if (slot == NOWHERE) {
      return null;
    }
    byte[] value = new byte[segment(placeIn(slot)).getInt(offset(placeIn(slot)) + 4)];
    read(slot, value);
    return value;
  }

  /** Reads as much of it as fits; returns its full length, or {@link #NOTHING}. */
  int get(Key key, byte[] into) {
    int slot = slotOf(key);
    return slot == NOWHERE ? NOTHING : read(slot, into);
  }

  private int read(int slot, byte[] into) {
    long place = placeIn(slot);
    ByteBuffer segment = segment(place);
    int at = offset(place);
    int nameLength = segment.getInt(at);
    int length = segment.getInt(at + 4);
    segment.get(at + HEADER + nameLength, into, 0, Math.min(length, into.length));
    if (end - place > (long) (segments.length - segments.length / 4) << segmentBits) {
      keep(slot, place, size(nameLength, length));
    }
    return length;
  }

  /**
   * Puts something, of two parts, in the place of what belonged to the key before; something large
   * is not kept.
   */
  void put(Key key, byte[] head, Bytes rest) {
    int slot = slotOf(key);
    int size = size(key.bytes().length(), head.length + rest.length());
    if (size > (1 << segmentBits) / PART_MAX) {
      remove(key);
      return;
    }
    long place = reserve(size);
    write(place, key.bytes(), head, rest);
    index[slot == NOWHERE ? freeSlot(key) : slot] = entry(tag(key), place);
  }

  /** Forgets what is here of a key. */
  void remove(Key key) {
    int slot = slotOf(key);
    if (slot != NOWHERE) {
      index[slot] = 0;
    }
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(index, 0);
  }

  /** What is about to be written over, and is still asked for, moves to the end. */
  private void keep(int slot, long place, int size) {
    ByteBuffer from = segment(place);
    long next = reserve(size);
    segment(next).put(offset(next), from, offset(place), size);
    index[slot] = entry(index[slot] >>> PLACE_BITS, next);
  }

  private static int size(int nameLength, int valueLength) {
    long bytes = (long) HEADER + nameLength + valueLength;
    long unit = 1L << ALIGNMENT_BITS;
    return (int) Math.min(Integer.MAX_VALUE, (bytes + unit - 1) & -unit);
  }

  /** Room for an entry, which never spans two segments. */
  private long reserve(int size) {
    if (offset(end) + size > segmentBytes) {
      end += (1 << segmentBits) - offset(end);
    }
    if (end > END_MAX) {
      clear();
      end = 0;
    }
    long place = end;
    end += size;
    return place;
  }

  private void write(long place, Bytes name, byte[] head, Bytes rest) {
    ByteBuffer segment = segment(place);
    int at = offset(place);
    segment.putInt(at, name.length()).putInt(at + 4, head.length + rest.length());
    int start = at + HEADER;
    segment.put(start, name.array(), name.offset(), name.length());
    segment.put(start + name.length(), head);
    segment.put(start + name.length() + head.length, rest.array(), rest.offset(), rest.length());
  }

  /** Where the key's entry stands in the index; {@link #NOWHERE} when it is not. */
  private int slotOf(Key key) {
    int first = firstSlot(key);
    for (int slot = first; slot < first + WAYS; slot++) {
      if (isOf(key, index[slot]) && isHere(placeIn(slot)) && holds(placeIn(slot), key)) {
        return slot;
      }
    }
    return NOWHERE;
  }

  /** One that leads nowhere any more, or else the one whose entry is the oldest. */
  private int freeSlot(Key key) {
    int first = firstSlot(key);
    int oldest = first;
    for (int slot = first; slot < first + WAYS; slot++) {
      if (placeIn(slot) < placeIn(oldest)) {
        oldest = slot;
      }
    }
    return oldest;
  }

  private boolean holds(long place, Key key) {
    ByteBuffer segment = segment(place);
    int at = offset(place);
    Bytes name = key.bytes();
    int start = segment.arrayOffset() + at + HEADER;
    int nameEnd = name.offset() + name.length();
    return segment.getInt(at) == name.length()
        && Arrays.equals(
            segment.array(), start, start + name.length(), name.array(), name.offset(), nameEnd);
  }

  private int firstSlot(Key key) {
    return (key.position() & bucketMask) * WAYS;
  }

  private static long entry(long tag, long place) {
    return (tag << PLACE_BITS) | (((place >>> ALIGNMENT_BITS) + 1) & PLACE_MASK);
  }

  private static boolean isOf(Key key, long entry) {
    return (entry & PLACE_MASK) != 0 && entry >>> PLACE_BITS == tag(key);
  }

  private static long tag(Key key) {
    return Integer.toUnsignedLong(key.position() >>> TAG_SHIFT);
  }

  /** Negative for none. */
  private long placeIn(int slot) {
    return ((index[slot] & PLACE_MASK) - 1) << ALIGNMENT_BITS;
  }

  private boolean isHere(long place) {
    return place >= oldest() && place < end;
  }

  /** What lies before this is written over, or about to be. */
  private long oldest() {
    long begun = (end + (1 << segmentBits) - 1) >>> segmentBits;
    return Math.max(0, begun - segments.length) << segmentBits;
  }

  private ByteBuffer segment(long place) {
    int number = (int) ((place >>> segmentBits) % segments.length);
    ByteBuffer segment = segments[number];
    if (segment == null) {
      segment = ByteBuffer.allocate(segmentBytes);
      segments[number] = segment;
    }
    return segment;
  }

  private int offset(long place) {
    return (int) place & ((1 << segmentBits) - 1);
  }
}
