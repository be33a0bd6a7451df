package dev.rondo.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.version.Version;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class StoredRecordTest {

  private static final Key KEY = Key.of("key");
  private static final Version VERSION = Version.of(1_700_000_000_000L, 3, 2);

  @Test
  void the_value_is_a_window_into_the_stored_form() {
    StoredRecord record = StoredRecord.live(KEY, VERSION, "text/plain", Bytes.utf8("hello"));
    assertThat(record.value().array()).isSameAs(record.encoded().array());
    assertThat(record.value().toUtf8()).isEqualTo("hello");
  }

  @Test
  void a_record_in_the_middle_of_a_larger_array_is_read_in_place() throws CorruptRecord {
    Bytes encoded = StoredRecord.live(KEY, VERSION, "a/b", Bytes.utf8("hello")).encoded();
    byte[] page = new byte[encoded.length() + 20];
    System.arraycopy(encoded.array(), encoded.offset(), page, 10, encoded.length());
    StoredRecord read = StoredRecord.decode(KEY, Bytes.wrap(page).slice(10, encoded.length()));
    assertThat(read.value().toUtf8()).isEqualTo("hello");
    assertThat(read.contentType()).isEqualTo("a/b");
    assertThat(read.value().array()).isSameAs(page);
  }

  @Test
  void a_tombstone_says_that_the_key_is_gone() throws CorruptRecord {
    StoredRecord read = StoredRecord.decode(KEY, StoredRecord.tombstone(KEY, VERSION).encoded());
    assertThat(read.isTombstone()).isTrue();
    assertThat(read.version()).isEqualTo(VERSION);
    assertThat(read.value().length()).isZero();
  }

  @Test
  void an_empty_value_is_not_a_tombstone() {
    assertThat(StoredRecord.live(KEY, VERSION, "", Bytes.EMPTY).isTombstone()).isFalse();
  }

  @Test
  void an_unknown_format_is_refused_even_with_a_right_checksum() {
    byte[] bytes = StoredRecord.tombstone(KEY, VERSION).encoded().toArray().clone();
    bytes[0] = 2;
    assertThatThrownBy(() -> StoredRecord.decode(KEY, sealed(bytes)))
        .isInstanceOf(CorruptRecord.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void a_content_type_longer_than_the_record_is_refused_even_with_a_right_checksum() {
    byte[] bytes = StoredRecord.tombstone(KEY, VERSION).encoded().toArray().clone();
    bytes[22] = (byte) 0xff;
    assertThatThrownBy(() -> StoredRecord.decode(KEY, sealed(bytes)))
        .isInstanceOf(CorruptRecord.class);
  }

  @Test
  void a_content_type_of_256_bytes_is_refused() {
    assertThat(StoredRecord.live(KEY, VERSION, "x".repeat(255), Bytes.EMPTY).contentType())
        .hasSize(255);
    assertThatThrownBy(() -> StoredRecord.live(KEY, VERSION, "x".repeat(256), Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_overhead_is_what_the_constant_says() {
    assertThat(StoredRecord.live(KEY, VERSION, "a/b", Bytes.utf8("hello")).encoded().length())
        .isEqualTo(StoredRecord.OVERHEAD + 3 + 5);
  }

  private static Bytes sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(KEY.bytes().toArray());
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return Bytes.wrap(bytes);
  }
}
