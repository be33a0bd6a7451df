package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  private static final long MILLIS_MAX = (1L << 48) - 1;

  @Test
  void the_text_is_sixteen_digits_and_the_worker() {
    assertThat(new Version(0x019abc0123450002L, 3)).hasToString("019abc0123450002-3");
  }

  @Test
  void nothing_written_is_lower_than_everything() {
    assertThat(Version.NONE.exists()).isFalse();
    assertThat(new Version(1, 0).isAfter(Version.NONE)).isTrue();
    assertThat(Version.NONE.isAfter(Version.NONE)).isFalse();
  }

  @Test
  void of_two_versions_of_one_instant_the_higher_worker_wins() {
    assertThat(Version.of(5, 1, 3).isAfter(Version.of(5, 1, 2))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "3",
        "019abc0123450002",
        "019abc0123450002-",
        "019abc0123450002--3",
        "019abc0123450002-+3",
        "+19abc0123450002-3",
        "019ABC0123450002-3",
        "19abc0123450002-3",
        "019abc0123450002-03",
        "019abc0123450002-3 ",
        "019abc0123450002-99999999999",
        "*"
      })
  void what_is_no_version_is_refused(String text) {
    assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void what_was_printed_is_parsed(
      @ForAll long timestamp, @ForAll @IntRange(max = 9999) int worker) {
    Version version = new Version(timestamp, worker);
    assertThat(Version.parse(version.toString())).isEqualTo(version);
  }

  @Property
  void the_order_is_that_of_millis_then_counter_then_worker(
      @ForAll @LongRange(max = MILLIS_MAX) long millis,
      @ForAll @IntRange(max = 0xffff) int counter,
      @ForAll @LongRange(max = MILLIS_MAX) long otherMillis,
      @ForAll @IntRange(max = 0xffff) int otherCounter) {
    Version one = Version.of(millis, counter, 1);
    Version other = Version.of(otherMillis, otherCounter, 1);
    int expected =
        millis != otherMillis
            ? Long.compare(millis, otherMillis)
            : Integer.compare(counter, otherCounter);
    assertThat(Integer.signum(one.compareTo(other))).isEqualTo(Integer.signum(expected));
    assertThat(one.millis()).isEqualTo(millis);
  }

  @Property
  void the_later_of_two_does_not_depend_on_their_order(
      @ForAll long one, @ForAll long other, @ForAll @IntRange(max = 3) int worker) {
    Version a = new Version(one, worker);
    Version b = new Version(other, 2);
    assertThat(Version.max(a, b)).isEqualTo(Version.max(b, a));
    assertThat(Version.max(a, b)).isGreaterThanOrEqualTo(a).isGreaterThanOrEqualTo(b);
  }
}
