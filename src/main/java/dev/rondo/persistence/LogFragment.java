package dev.rondo.persistence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A piece of a record in the engine's write-ahead log, as it stands at one place of the file.
 *
 * <p>The log is made of blocks of 32 KiB. A fragment has a header (masked CRC-32C, length and type,
 * all little-endian) and lies within one block; a write that is longer is a first, middle ones and
 * a last. What is left at the end of a block and too short for a header is unused.
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">The
 *     format</a>
 */
record LogFragment(boolean intact, int type, int next) {

  static final int BLOCK = 32_768;
  static final int HEADER = 7;

  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;
  private static final int CRC_MASK = 0xa282ead8;

  /** Reads the fragment at a place where one may start. */
  static LogFragment at(ByteBuffer log, int position) {
    int blockEnd = Math.min(log.limit(), blockAfter(position));
    if (position + HEADER > blockEnd) {
      return new LogFragment(false, 0, blockAfter(position));
    }
    ByteBuffer header = log.slice(position, HEADER).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(header.getShort(4));
    int type = Byte.toUnsignedInt(header.get(6));
    int end = position + HEADER + length;
    if (type == 0 || end > blockEnd) {
      return new LogFragment(false, 0, blockAfter(position));
    }
    boolean intact = header.getInt(0) == checksum(log, position + HEADER - 1, length + 1);
    return new LogFragment(intact, type, skipPadding(end));
  }

  /** Whether a write starts here; there are whole ones, and the log's own notes, of one piece. */
  boolean startsWrite() {
    return type != MIDDLE && type != LAST;
  }

  /** Whether the write goes on behind this fragment. */
  boolean isContinued() {
    return type == FIRST || type == MIDDLE;
  }

  private static int skipPadding(int position) {
    return blockAfter(position) - position < HEADER ? blockAfter(position) : position;
  }

  private static int blockAfter(int position) {
    return position / BLOCK * BLOCK + BLOCK;
  }

  private static int checksum(ByteBuffer log, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(log.slice(from, length));
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }
}
