package dev.rondo.replication;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.rondo.core.member.Member;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.CorruptRecord;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.proto.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What all conversions between protobuf and the node's own types are made of: bytes, keys, records
 * and versions. Arrays change hands and are not copied.
 *
 * <p>Whatever a peer sends that is no message of the protocol ends as an {@link
 * IllegalArgumentException}.
 */
final class Wire {

  private Wire() {}

  static ByteString bytes(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.offset(), bytes.length());
  }

  static Bytes bytes(ByteString string) {
    if (string.isEmpty()) {
      return Bytes.EMPTY;
    }
    Window window = new Window(string.size());
    try {
      UnsafeByteOperations.unsafeWriteTo(string, window);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return window.bytes;
  }

  static Version version(dev.rondo.core.version.Version version) {
    return Version.newBuilder()
        .setTimestamp(version.timestamp())
        .setWorker(version.worker())
        .build();
  }

  static dev.rondo.core.version.Version version(Version version) {
    return version.getTimestamp() == 0
        ? dev.rondo.core.version.Version.NONE
        : stamped(new dev.rondo.core.version.Version(version.getTimestamp(), version.getWorker()));
  }

  /** A version that some worker may have stamped: of no other one is the text form read again. */
  private static dev.rondo.core.version.Version stamped(dev.rondo.core.version.Version version) {
    if (!version.exists() || version.worker() < 0 || version.worker() > Member.ID_MAX) {
      throw new IllegalArgumentException("no worker stamps version " + version);
    }
    return version;
  }

  static Key key(ByteString string) {
    Key key = Key.of(bytes(string));
    if (!string.isValidUtf8()) {
      throw new IllegalArgumentException("key is no UTF-8");
    }
    return key;
  }

  /** The record of {@code key}, its checksum verified. */
  static StoredRecord record(Key key, ByteString encoded) {
    try {
      StoredRecord record = StoredRecord.decode(key, bytes(encoded));
      stamped(record.version());
      return record;
    } catch (CorruptRecord corrupt) {
      throw new IllegalArgumentException("record was damaged on its way: " + corrupt.getMessage());
    }
  }

  /** Looks at the array behind a byte string; protobuf has no other way to get at it. */
  private static final class Window extends ByteOutput {
    private final int length;
    private Bytes bytes = Bytes.EMPTY;

    Window(int length) {
      this.length = length;
    }

    @Override
    public void writeLazy(byte[] array, int offset, int count) {
      if (count == length) {
        bytes = Bytes.wrap(array).slice(offset, count);
      } else {
        append(ByteBuffer.wrap(array, offset, count));
      }
    }

    @Override
    public void write(byte[] array, int offset, int count) {
      append(ByteBuffer.wrap(array, offset, count));
    }

    @Override
    public void write(byte value) {
      append(ByteBuffer.wrap(new byte[] {value}));
    }

    @Override
    public void write(ByteBuffer buffer) {
      append(buffer);
    }

    @Override
    public void writeLazy(ByteBuffer buffer) {
      append(buffer);
    }

    /** Strings that consist of several pieces do not come from a parser; they are copied. */
    private void append(ByteBuffer piece) {
      byte[] joined = new byte[bytes.length() + piece.remaining()];
      System.arraycopy(bytes.array(), bytes.offset(), joined, 0, bytes.length());
      piece.duplicate().get(joined, bytes.length(), piece.remaining());
      bytes = Bytes.wrap(joined);
    }
  }
}
