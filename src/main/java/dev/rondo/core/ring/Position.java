package dev.rondo.core.ring;

import dev.rondo.core.record.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Places on the ring: unsigned 32-bit numbers, held in an {@code int}. */
public final class Position {

  /** Copied for each use, which costs less than to look its maker up. */
  private static final MessageDigest MD5 = md5();

  private Position() {}

  /** The first four bytes, big-endian, of the MD5 of these bytes. */
  public static int of(Bytes bytes) {
    MessageDigest md5 = fresh();
    md5.update(bytes.array(), bytes.offset(), bytes.length());
    return ByteBuffer.wrap(md5.digest()).getInt();
  }

  /** The place of a virtual node. */
  static int ofVirtualNode(int worker, int vnode) {
    return of(Bytes.utf8("worker-" + worker + "-vnode-" + vnode));
  }

  /** The position as the number that people see, 0 to 2^32 - 1. */
  public static long toLong(int position) {
    return Integer.toUnsignedLong(position);
  }

  private static MessageDigest fresh() {
    try {
      return (MessageDigest) MD5.clone();
    } catch (CloneNotSupportedException notThisOne) {
      return md5();
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has MD5", impossible);
    }
  }
}
