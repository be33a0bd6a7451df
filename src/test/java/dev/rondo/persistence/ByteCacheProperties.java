package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ByteCacheProperties {

  /** Segments of 256 bytes, and room for 16 bytes in an entry. */
  private static final int SMALL = 16 * 256;

  /** Something done to a key; a length below zero removes it. */
  record Step(int key, int length) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 40), Arbitraries.integers().between(-1, 12))
        .as(Step::new);
  }

  @Property
  void it_knows_the_latest_or_nothing(@ForAll @Size(max = 400) List<@From("steps") Step> steps) {
    ByteCache cache = new ByteCache(SMALL, 16);
    Map<Integer, byte[]> latest = new HashMap<>();
    int number = 0;
    for (Step step : steps) {
      number++;
      if (step.length() < 0) {
        cache.remove(key(step.key()));
        latest.remove(step.key());
      } else {
        byte[] value = value(number, step.length());
        put(cache, key(step.key()), Bytes.wrap(value));
        latest.put(step.key(), value);
        if (fits(key(step.key()), value)) {
          assertThat(cache.get(key(step.key()))).isEqualTo(value);
        }
      }
      for (int each = 0; each <= 40; each += 1 + number % 7) {
        byte[] found = cache.get(key(each));
        assertThat(found == null || Arrays.equals(found, latest.get(each))).isTrue();
      }
    }
  }

  @Example
  void what_is_asked_for_stays_while_others_pass_through() {
    ByteCache cache = new ByteCache(SMALL, 16);
    put(cache, Key.of("hot"), Bytes.utf8("value"));
    put(cache, Key.of("cold"), Bytes.utf8("value"));
    for (int i = 0; i < 10_000; i++) {
      put(cache, Key.of("k" + i % 3), Bytes.utf8("pass"));
      if (i % 10 == 0) {
        assertThat(cache.get(Key.of("hot"))).isEqualTo(Bytes.utf8("value").toArray());
      }
    }
    assertThat(cache.get(Key.of("cold"))).isNull();
  }

  @Example
  void it_holds_about_as_much_as_it_may() {
    ByteCache cache = new ByteCache(1 << 20, 32);
    for (int i = 0; i < 200_000; i++) {
      put(cache, key(i), Bytes.wrap(value(i, 16)));
    }
    long held = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] found = cache.get(key(i));
      assertThat(found == null || Arrays.equals(found, value(i, 16))).isTrue();
      held += found == null ? 0 : 1;
    }
    // Each takes 32 bytes; a sixteenth of the room is about to be written over.
    assertThat(held).isBetween(25_000L, 32_768L);
  }

  @Example
  void as_much_is_read_as_there_is_room_for() {
    ByteCache cache = new ByteCache(1 << 20, 32);
    put(cache, Key.of("a"), Bytes.utf8("abcdef"));
    byte[] three = new byte[3];
    assertThat(cache.get(Key.of("a"), three)).isEqualTo(6);
    assertThat(three).isEqualTo(Bytes.utf8("abc").toArray());
    assertThat(cache.get(Key.of("b"), three)).isEqualTo(ByteCache.NOTHING);
  }

  @Example
  void something_large_is_not_kept_and_nor_is_what_it_replaces() {
    ByteCache cache = new ByteCache(1 << 20, 32);
    put(cache, Key.of("a"), Bytes.utf8("small"));
    put(cache, Key.of("a"), Bytes.wrap(new byte[1 << 19]));
    assertThat(cache.get(Key.of("a"))).isNull();
  }

  @Example
  void without_room_it_stays_empty() {
    ByteCache cache = new ByteCache(0, 32);
    put(cache, Key.of("a"), Bytes.EMPTY);
    cache.remove(Key.of("a"));
    assertThat(cache.get(Key.of("a"))).isNull();
  }

  /** In two parts, the first of which is one byte where there are any. */
  private static void put(ByteCache cache, Key key, Bytes value) {
    int first = Math.min(1, value.length());
    cache.put(key, value.slice(0, first).toArray(), value.slice(first, value.length() - first));
  }

  private static Key key(int number) {
    return Key.of("k" + number);
  }

  private static byte[] value(int number, int length) {
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = (byte) (number >>> (8 * (i % 2)));
    }
    return value;
  }

  private static boolean fits(Key key, byte[] value) {
    return 8 + key.bytes().length() + value.length <= 16;
  }
}
