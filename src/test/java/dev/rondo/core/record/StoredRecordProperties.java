package dev.rondo.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.version.Version;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Laws of the stored form. */
class StoredRecordProperties {

  private static final Key KEY = Key.of("key");

  @Property
  void what_was_encoded_is_decoded(
      @ForAll @StringLength(min = 1, max = 80) String key,
      @ForAll @LongRange(min = 1) long timestamp,
      @ForAll @IntRange(max = 9999) int worker,
      @ForAll @StringLength(max = 60) String contentType,
      @ForAll @Size(max = 300) byte[] value)
      throws CorruptRecord {
    Version version = new Version(timestamp, worker);
    Key of = Key.of(key);
    StoredRecord record = StoredRecord.live(of, version, contentType, Bytes.wrap(value));
    StoredRecord decoded = StoredRecord.decode(of, record.encoded());
    assertThat(decoded).isEqualTo(record).hasSameHashCodeAs(record);
    assertThat(decoded.version()).isEqualTo(version);
    assertThat(decoded.contentType()).isEqualTo(Bytes.utf8(contentType).toUtf8());
    assertThat(decoded.value()).isEqualTo(Bytes.wrap(value));
    assertThat(decoded.isTombstone()).isFalse();
  }

  @Property
  void any_flipped_bit_is_noticed(
      @ForAll @Size(max = 100) byte[] value, @ForAll @IntRange(max = 1_000_000) int anywhere) {
    byte[] bytes = encoded(value);
    int bit = anywhere % (bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    assertCorrupt(KEY, Bytes.wrap(bytes));
  }

  @Property
  void a_record_that_was_cut_off_is_noticed(
      @ForAll @Size(max = 100) byte[] value, @ForAll @IntRange(max = 1_000_000) int anywhere) {
    byte[] bytes = encoded(value);
    assertCorrupt(KEY, Bytes.wrap(bytes).slice(0, anywhere % bytes.length));
  }

  @Property
  void a_record_under_another_key_is_noticed(
      @ForAll @StringLength(min = 1, max = 20) String other, @ForAll @Size(max = 50) byte[] value) {
    if (!other.equals("key")) {
      assertCorrupt(Key.of(other), Bytes.wrap(encoded(value)));
    }
  }

  @Property
  void random_bytes_are_no_record(@ForAll @Size(max = 200) byte[] bytes) {
    assertCorrupt(KEY, Bytes.wrap(bytes));
  }

  private static byte[] encoded(byte[] value) {
    Version version = Version.of(1_700_000_000_000L, 3, 2);
    return StoredRecord.live(KEY, version, "text/plain", Bytes.wrap(value))
        .encoded()
        .toArray()
        .clone();
  }

  private static void assertCorrupt(Key key, Bytes bytes) {
    assertThatThrownBy(() -> StoredRecord.decode(key, bytes)).isInstanceOf(CorruptRecord.class);
  }
}
