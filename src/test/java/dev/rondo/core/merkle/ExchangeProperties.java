package dev.rondo.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.digest.Differences;
import dev.rondo.core.digest.Looks;
import dev.rondo.core.digest.Looks.Held;
import dev.rondo.core.digest.Looks.Look;
import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Ring;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whole exchanges between two workers, while clients write to both between any two steps. */
class ExchangeProperties {

  private static final int KEYS = 40;
  private static final RingCut CUT = RingCut.of(Ring.of(List.of(0, 1, 2), 4));

  /** One worker: what it holds, and the trees that are kept along with it. */
  private static final class Side {
    private final Map<Key, Version> held = new HashMap<>();
    private final ArcTrees trees = new ArcTrees(CUT);

    void store(Key key, Version version) {
      Version before = held.getOrDefault(key, Version.NONE);
      if (version.isAfter(before)) {
        held.put(key, version);
        long replaced = before.exists() ? ArcTrees.hash(key.bytes(), before) : 0;
        trees.add(CUT.bucketOf(key.position()), ArcTrees.hash(key.bytes(), version) - replaced);
      }
    }

    Map<Key, Held> list(List<Integer> buckets) {
      Map<Key, Held> listed = new HashMap<>();
      held.forEach(
          (key, version) -> {
            if (buckets.contains(CUT.bucketOf(key.position()))) {
              listed.put(key, new Held(version, false));
            }
          });
      return listed;
    }

    boolean hasAllOf(Map<Key, Version> others) {
      return others.entrySet().stream()
          .allMatch(
              other -> !other.getValue().isAfter(held.getOrDefault(other.getKey(), Version.NONE)));
    }
  }

  /** Two workers, the writes that come in between, and an exchange as the shell makes it. */
  private static final class Pair {
    private final Side mine = new Side();
    private final Side theirs = new Side();
    private final Random random;
    private final int writesBetween;
    private final BiFunction<Look, Look, Differences> rule;
    private long clock = 1;
    private int moved;

    Pair(long seed, int writesBetween, BiFunction<Look, Look, Differences> rule) {
      this.random = new Random(seed);
      this.writesBetween = writesBetween;
      this.rule = rule;
      write(60);
    }

    /** Each reaches one of the two, or both. */
    private void write(int count) {
      for (int i = 0; i < count; i++) {
        Key key = Key.of("key-" + random.nextInt(KEYS));
        Version version = Version.of(clock++, 0, 1);
        int whom = random.nextInt(3);
        if (whom != 0) {
          mine.store(key, version);
        }
        if (whom != 1) {
          theirs.store(key, version);
        }
      }
    }

    private <T> T then(T step) {
      write(random.nextInt(1 + writesBetween));
      return step;
    }

    void exchange() {
      Descent descent = new Descent(CUT, IntStream.range(0, CUT.arcs()).boxed().toList());
      while (!descent.isOver()) {
        List<Long> own = then(mine.trees.digests(descent.level(), descent.parents()));
        descent.compare(own, then(theirs.trees.digests(descent.level(), descent.parents())));
      }
      Look first = look(descent.differing());
      Set<Key> doubtful = new HashSet<>(Looks.settle(first, first).fetch());
      doubtful.addAll(Looks.settle(first, first).push());
      first.mine().keySet().retainAll(doubtful);
      first.theirs().keySet().retainAll(doubtful);
      Differences differences = rule.apply(first, look(descent.differing()));
      moved = differences.fetch().size() + differences.push().size();
      differences.fetch().forEach(key -> mine.store(key, then(theirs.held.get(key))));
      differences.push().forEach(key -> theirs.store(key, then(mine.held.get(key))));
    }

    private Look look(List<Integer> buckets) {
      return new Look(then(mine.list(buckets)), then(theirs.list(buckets)));
    }
  }

  @Property(tries = 300)
  void what_the_one_held_at_the_beginning_the_other_holds_at_the_end(@ForAll long seed) {
    Pair pair = new Pair(seed, 4, Looks::settle);
    Map<Key, Version> mine = Map.copyOf(pair.mine.held);
    Map<Key, Version> theirs = Map.copyOf(pair.theirs.held);
    pair.exchange();
    assertThat(pair.theirs.hasAllOf(mine)).isTrue();
    assertThat(pair.mine.hasAllOf(theirs)).isTrue();
  }

  @Property(tries = 300)
  void without_writes_exactly_what_differs_moves_and_both_are_equal(@ForAll long seed) {
    Pair pair = new Pair(seed, 0, Looks::settle);
    Set<Key> keys = new HashSet<>(pair.mine.held.keySet());
    keys.addAll(pair.theirs.held.keySet());
    keys.removeIf(key -> String.valueOf(pair.mine.held.get(key)).equals(theirs(pair, key)));
    pair.exchange();
    assertThat(pair.moved).isEqualTo(keys.size());
    assertThat(pair.mine.held).isEqualTo(pair.theirs.held);
  }

  private static String theirs(Pair pair, Key key) {
    return String.valueOf(pair.theirs.held.get(key));
  }

  /** To keep what differs in the very same way both times sounds the same, and is not. */
  @Example
  void a_rule_that_drops_what_was_overwritten_between_the_looks_is_caught() {
    List<Long> caught = new ArrayList<>();
    for (long seed = 0; seed < 300; seed++) {
      Pair pair = new Pair(seed, 4, ExchangeProperties::sameBothTimes);
      Map<Key, Version> mine = Map.copyOf(pair.mine.held);
      pair.exchange();
      if (!pair.theirs.hasAllOf(mine)) {
        caught.add(seed);
      }
    }
    assertThat(caught).isNotEmpty();
  }

  private static Differences sameBothTimes(Look first, Look second) {
    Differences both = Looks.settle(first, second);
    return new Differences(
        both.fetch().stream()
            .filter(key -> first.theirs().get(key).equals(second.theirs().get(key)))
            .toList(),
        both.push().stream()
            .filter(key -> first.mine().get(key).equals(second.mine().get(key)))
            .toList());
  }
}
