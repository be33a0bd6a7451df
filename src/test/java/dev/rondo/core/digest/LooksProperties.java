package dev.rondo.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.digest.Looks.Look;
import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LooksProperties {

  private static final Key KEY = Key.of("key");

  @Provide
  Arbitrary<Map<Integer, Integer>> holdings() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 8), Arbitraries.integers().between(1, 6))
        .ofMaxSize(8);
  }

  private static Map<Key, Held> held(Map<Integer, Integer> versions) {
    Map<Key, Held> held = new HashMap<>();
    versions.forEach(
        (key, version) ->
            held.put(Key.of("key-" + key), new Held(Version.of(version, 0, 1), false)));
    return held;
  }

  private static Map<Key, Held> newest(Map<Key, Held> some, Map<Key, Held> others) {
    Map<Key, Held> newest = new HashMap<>(some);
    others.forEach(
        (key, held) -> newest.merge(key, held, (a, b) -> a.version().isAfter(b.version()) ? a : b));
    return newest;
  }

  private static boolean has(Map<Key, Held> all, Key key, Version version) {
    Held held = all.get(key);
    return held != null && !version.isAfter(held.version());
  }

  @Property(tries = 300)
  void once_the_differences_have_moved_each_has_what_the_other_had_at_first(
      @ForAll("holdings") Map<Integer, Integer> mine,
      @ForAll("holdings") Map<Integer, Integer> theirs,
      @ForAll("holdings") Map<Integer, Integer> written) {
    Look first = new Look(held(mine), held(theirs));
    Look second =
        new Look(newest(first.mine(), held(written)), newest(first.theirs(), held(written)));
    Differences differences = Looks.settle(first, second);
    Map<Key, Held> mineAfter = new HashMap<>(second.mine());
    Map<Key, Held> theirsAfter = new HashMap<>(second.theirs());
    differences.fetch().forEach(key -> mineAfter.put(key, second.theirs().get(key)));
    differences.push().forEach(key -> theirsAfter.put(key, second.mine().get(key)));
    first.mine().forEach((k, had) -> assertThat(has(theirsAfter, k, had.version())).isTrue());
    first.theirs().forEach((k, had) -> assertThat(has(mineAfter, k, had.version())).isTrue());
  }

  @Property(tries = 300)
  void writes_that_have_arrived_at_both_are_no_difference(
      @ForAll("holdings") Map<Integer, Integer> both,
      @ForAll("holdings") Map<Integer, Integer> underWay) {
    Map<Key, Held> without = held(both);
    Map<Key, Held> with = newest(without, held(underWay));
    assertThat(Looks.settle(new Look(with, without), new Look(with, with)).isEmpty()).isTrue();
  }

  @Property(tries = 300)
  void both_hold_the_newest_of_everything_afterwards(
      @ForAll("holdings") Map<Integer, Integer> mine,
      @ForAll("holdings") Map<Integer, Integer> theirs) {
    Look look = new Look(held(mine), held(theirs));
    Differences differences = Looks.settle(look, look);
    Map<Key, Held> mineAfter = new HashMap<>(look.mine());
    Map<Key, Held> theirsAfter = new HashMap<>(look.theirs());
    differences.fetch().forEach(key -> mineAfter.put(key, look.theirs().get(key)));
    differences.push().forEach(key -> theirsAfter.put(key, look.mine().get(key)));
    Map<Key, Held> newest = newest(look.mine(), look.theirs());
    assertThat(mineAfter).isEqualTo(newest);
    assertThat(theirsAfter).isEqualTo(newest);
  }

  @Property(tries = 300)
  void what_the_one_fetches_the_other_would_push(
      @ForAll("holdings") Map<Integer, Integer> mine,
      @ForAll("holdings") Map<Integer, Integer> theirs) {
    Look here = new Look(held(mine), held(theirs));
    Look there = new Look(/* mine= */ here.theirs(), /* theirs= */ here.mine());
    assertThat(Looks.settle(here, here).fetch())
        .containsExactlyInAnyOrderElementsOf(Looks.settle(there, there).push());
  }

  @Example
  void a_ripe_tombstone_stays_where_it_is_unless_there_is_something_older() {
    Map<Key, Held> ripe = Map.of(KEY, new Held(Version.of(5, 0, 1), true));
    Map<Key, Held> older = Map.of(KEY, new Held(Version.of(4, 0, 1), false));
    Look purged = new Look(ripe, Map.of());
    assertThat(Looks.settle(purged, purged).isEmpty()).isTrue();
    Look elsewhere = new Look(Map.of(), ripe);
    assertThat(Looks.settle(elsewhere, elsewhere).isEmpty()).isTrue();
    Look stale = new Look(ripe, older);
    assertThat(Looks.settle(stale, stale).push()).containsExactly(KEY);
  }

  @Example
  void a_tombstone_that_becomes_ripe_between_two_looks_is_ripe() {
    Map<Key, Held> fresh = Map.of(KEY, new Held(Version.of(5, 0, 1), false));
    Map<Key, Held> ripe = Map.of(KEY, new Held(Version.of(5, 0, 1), true));
    assertThat(Looks.settle(new Look(fresh, Map.of()), new Look(ripe, Map.of())).isEmpty())
        .isTrue();
  }
}
