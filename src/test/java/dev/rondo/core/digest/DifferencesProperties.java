package dev.rondo.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.record.Key;
import dev.rondo.core.version.Version;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever acts on the differences makes two holdings equal. */
class DifferencesProperties {

  @Provide
  Arbitrary<Map<Key, Version>> holdings() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 9).map(i -> Key.of("key" + i)),
            Arbitraries.longs().between(1, 4).map(at -> new Version(at, 0)))
        .ofMaxSize(10);
  }

  @Property
  void both_hold_the_newest_of_everything_afterwards(
      @ForAll("holdings") Map<Key, Version> mine, @ForAll("holdings") Map<Key, Version> theirs) {
    Differences differences = Differences.between(mine, theirs);
    Map<Key, Version> mineAfter = new HashMap<>(mine);
    Map<Key, Version> theirsAfter = new HashMap<>(theirs);
    differences.fetch().forEach(key -> mineAfter.put(key, theirs.get(key)));
    differences.push().forEach(key -> theirsAfter.put(key, mine.get(key)));
    Map<Key, Version> newest = new HashMap<>(mine);
    theirs.forEach((key, version) -> newest.merge(key, version, Version::max));
    assertThat(mineAfter).isEqualTo(newest);
    assertThat(theirsAfter).isEqualTo(newest);
  }

  @Property
  void what_the_one_fetches_the_other_would_push(
      @ForAll("holdings") Map<Key, Version> mine, @ForAll("holdings") Map<Key, Version> theirs) {
    Differences there = Differences.between(theirs, mine);
    assertThat(Differences.between(mine, theirs).fetch())
        .containsExactlyInAnyOrderElementsOf(there.push());
  }
}
