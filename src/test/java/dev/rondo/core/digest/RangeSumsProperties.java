package dev.rondo.core.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Two workers hold the same if, and only if, their sums are the same. */
class RangeSumsProperties {

  @Provide
  Arbitrary<Map<Key, Version>> holdings() {
    Arbitrary<Key> keys = Arbitraries.integers().between(0, 12).map(i -> Key.of("key" + i));
    Arbitrary<Version> versions =
        Combinators.combine(Arbitraries.longs().between(1, 3), Arbitraries.integers().between(0, 2))
            .as(Version::new);
    return Arbitraries.maps(keys, versions).ofMaxSize(13);
  }

  private static List<Long> sums(int bits, List<Map.Entry<Key, Version>> holding) {
    RingRanges ranges = new RingRanges(bits);
    RangeSums sums = new RangeSums(ranges, 0, ranges.count());
    for (Map.Entry<Key, Version> held : holding) {
      byte[] key = held.getKey().bytes().toArray();
      sums.add(held.getKey().position(), key, 0, key.length, held.getValue());
    }
    assertThat(sums.keys()).isEqualTo(holding.size());
    return sums.sums();
  }

  @Property
  void sums_do_not_depend_on_the_order(
      @ForAll("holdings") Map<Key, Version> holding, @ForAll Random random) {
    List<Map.Entry<Key, Version>> shuffled = new ArrayList<>(holding.entrySet());
    Collections.shuffle(shuffled, random);
    assertThat(sums(4, shuffled)).isEqualTo(sums(4, List.copyOf(holding.entrySet())));
  }

  @Property
  void sums_are_equal_exactly_where_the_holdings_are(
      @ForAll("holdings") Map<Key, Version> one,
      @ForAll("holdings") Map<Key, Version> other,
      @ForAll @IntRange(min = 1, max = 6) int bits) {
    RingRanges ranges = new RingRanges(bits);
    List<Integer> differing =
        RangeSums.differing(
            0, sums(bits, List.copyOf(one.entrySet())), sums(bits, List.copyOf(other.entrySet())));
    assertThat(differing)
        .isEqualTo(
            IntStream.range(0, ranges.count())
                .filter(range -> !in(range, ranges, one).equals(in(range, ranges, other)))
                .boxed()
                .toList());
  }

  private static Map<Key, Version> in(int range, RingRanges ranges, Map<Key, Version> holding) {
    Map<Key, Version> part = new HashMap<>(holding);
    part.keySet().removeIf(key -> ranges.of(key.position()) != range);
    return part;
  }

  @Property
  void every_place_lies_between_the_ends_of_its_range(
      @ForAll int position, @ForAll @IntRange(min = 1, max = 16) int bits) {
    RingRanges ranges = new RingRanges(bits);
    assertThat(Integer.toUnsignedLong(position))
        .isBetween(ranges.first(ranges.of(position)), ranges.last(ranges.of(position)));
  }

  @Example
  void every_byte_of_a_key_and_every_part_of_a_version_counts() {
    List<Long> hashes = new ArrayList<>();
    for (int length = 1; length <= 17; length++) {
      byte[] key = new byte[length];
      hashes.add(KeyHash.of(key, 0, length, new Version(1, 1)));
      for (int i = 0; i < length; i++) {
        key[i] = 1;
        hashes.add(KeyHash.of(key, 0, length, new Version(1, 1)));
        key[i] = 0;
      }
      hashes.add(KeyHash.of(key, 0, length, new Version(2, 1)));
      hashes.add(KeyHash.of(key, 0, length, new Version(1, 2)));
    }
    assertThat(hashes).doesNotHaveDuplicates();
  }

  @Example
  void a_part_of_an_array_counts_like_an_array_of_its_own() {
    byte[] key = "0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] within = "xx0123456789yy".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(KeyHash.of(within, 2, 10, new Version(5, 6)))
        .isEqualTo(KeyHash.of(key, 0, 10, new Version(5, 6)));
  }

  @Example
  void ranges_that_do_not_exist_are_refused() {
    RingRanges ranges = new RingRanges(3);
    assertThatThrownBy(() -> new RangeSums(ranges, 7, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RangeSums(ranges, -1, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RingRanges(17)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RangeSums.differing(0, List.of(1L), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
