package dev.rondo.core.record;

import dev.rondo.core.version.Version;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One version of a key, in the form in which it is stored and sent.
 *
 * <p>Layout, big-endian: format (1 byte), flags (1, bit 0 = tombstone), version timestamp (8),
 * version worker (4), expiry in milliseconds since 1970 (8, reserved, 0 = never), length of the
 * content type (2), content type, value, CRC-32C over the key and everything before (4). The key is
 * part of the checksum, so that a record under a wrong key does not pass for intact.
 */
public final class StoredRecord {

  /** The bytes of a record beside its content type and its value. */
  public static final int OVERHEAD = 28;

  /** The longest content type, in bytes. */
  public static final int CONTENT_TYPE_BYTES_MAX = 255;

  private static final byte FORMAT = 1;
  private static final byte TOMBSTONE = 1;
  private static final int HEADER = 24;
  private static final int CHECKSUM = 4;

  private final Bytes encoded;
  private final Version version;

  private StoredRecord(Bytes encoded, Version version) {
    this.encoded = encoded;
    this.version = version;
  }

  /** A live value. */
  public static StoredRecord live(Key key, Version version, String contentType, Bytes value) {
    return encode(key, version, (byte) 0, Bytes.utf8(contentType), value);
  }

  /** The mark of a deletion. */
  public static StoredRecord tombstone(Key key, Version version) {
    return encode(key, version, TOMBSTONE, Bytes.EMPTY, Bytes.EMPTY);
  }

  /** Reads the stored form; throws when it is not an intact record of {@code key}. */
  public static StoredRecord decode(Key key, Bytes encoded) throws CorruptRecord {
    if (encoded.length() < OVERHEAD) {
      throw new CorruptRecord("record of " + encoded.length() + " bytes is cut off");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded.array(), encoded.offset(), encoded.length()).slice();
    int body = encoded.length() - CHECKSUM;
    if (in.getInt(body) != checksum(key, encoded.slice(0, body))) {
      throw new CorruptRecord("checksum does not match");
    }
    if (in.get(0) != FORMAT) {
      throw new CorruptRecord("unknown record format " + in.get(0));
    }
    if (HEADER + (in.getShort(22) & 0xffff) > body) {
      throw new CorruptRecord("content type is longer than the record");
    }
    return new StoredRecord(encoded, new Version(in.getLong(2), in.getInt(10)));
  }

  private static StoredRecord encode(
      Key key, Version version, byte flags, Bytes contentType, Bytes value) {
    if (contentType.length() > CONTENT_TYPE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "content type has %d bytes, allowed are 0 to %d"
              .formatted(contentType.length(), CONTENT_TYPE_BYTES_MAX));
    }
    byte[] bytes = new byte[OVERHEAD + contentType.length() + value.length()];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.put(FORMAT).put(flags).putLong(version.timestamp()).putInt(version.worker());
    out.putLong(0).putShort((short) contentType.length());
    out.put(contentType.array(), contentType.offset(), contentType.length());
    out.put(value.array(), value.offset(), value.length());
    Bytes encoded = Bytes.wrap(bytes);
    out.putInt(checksum(key, encoded.slice(0, bytes.length - CHECKSUM)));
    return new StoredRecord(encoded, version);
  }

  private static int checksum(Key key, Bytes body) {
    CRC32C crc = new CRC32C();
    crc.update(key.bytes().array(), key.bytes().offset(), key.bytes().length());
    crc.update(body.array(), body.offset(), body.length());
    return (int) crc.getValue();
  }

  /** Who wrote it and when; the higher version wins. */
  public Version version() {
    return version;
  }

  /** Whether this says that the key was deleted. */
  public boolean isTombstone() {
    return (encoded.at(1) & TOMBSTONE) != 0;
  }

  /** The media type that came with the value; empty for none. */
  public String contentType() {
    return encoded.slice(HEADER, contentTypeLength()).toUtf8();
  }

  /** The value, a window into {@link #encoded}. */
  public Bytes value() {
    int start = HEADER + contentTypeLength();
    return encoded.slice(start, encoded.length() - CHECKSUM - start);
  }

  /** The stored form. */
  public Bytes encoded() {
    return encoded;
  }

  /** What there is to say of it without its value; keeps nothing of it. */
  public RecordHead head() {
    return new RecordHead(version, isTombstone(), contentType(), value().length());
  }

  private int contentTypeLength() {
    return ((encoded.at(22) & 0xff) << 8) | (encoded.at(23) & 0xff);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredRecord that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return (isTombstone() ? "tombstone " : "value ") + version;
  }
}
