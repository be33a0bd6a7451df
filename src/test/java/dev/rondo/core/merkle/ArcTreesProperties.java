package dev.rondo.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.core.record.Key;
import dev.rondo.core.ring.Position;
import dev.rondo.core.ring.Ring;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ArcTreesProperties {

  /** A version of a key that somebody wrote; null forgets the key. */
  record Write(int key, @Nullable Integer version) {

    Key name() {
      return Key.of("key-" + key);
    }

    @Nullable Version stamp() {
      return version == null ? null : Version.of(version, 0, 1);
    }
  }

  /** A worker's index and the trees that are kept along with it. */
  private static final class Store {
    private final Map<Key, Version> index = new HashMap<>();
    private final ArcTrees trees;

    Store(RingCut cut) {
      trees = new ArcTrees(cut);
    }

    void apply(Write write) {
      Key key = write.name();
      Version next = write.stamp();
      Version before = next == null ? index.remove(key) : index.put(key, next);
      int bucket = trees.cut().bucketOf(key.position());
      trees.add(bucket, hash(key, next) - hash(key, before));
    }

    private static long hash(Key key, @Nullable Version version) {
      return version == null ? 0 : ArcTrees.hash(key.bytes(), version);
    }

    void addInventoryTo(ArcTrees inventory) {
      index.forEach(
          (key, version) ->
              inventory.add(
                  inventory.cut().bucketOf(key.position()), ArcTrees.hash(key.bytes(), version)));
    }
  }

  @Provide
  Arbitrary<RingCut> cuts() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 6), Arbitraries.integers().between(1, 12))
        .as(
            (workers, vnodes) ->
                RingCut.of(Ring.of(IntStream.range(0, workers).boxed().toList(), vnodes)));
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60),
            Arbitraries.integers().between(1, 20).injectNull(0.1))
        .as(Write::new)
        .list()
        .ofMaxSize(150);
  }

  @Property(tries = 200)
  void every_position_lies_in_the_bucket_whose_span_has_it(
      @ForAll("cuts") RingCut cut, @ForAll int position) {
    long place = Position.toLong(position);
    int bucket = cut.bucketOf(position);
    assertThat(cut.spans(bucket)).anyMatch(s -> s.first() <= place && place <= s.last());
    int arc = cut.arcOf(cut.depth(), bucket);
    assertThat(Math.floorMod(place - cut.from(arc) - 1, 1L << 32))
        .isLessThanOrEqualTo(Math.floorMod(cut.to(arc) - cut.from(arc) - 1, 1L << 32));
  }

  @Property(tries = 20)
  void the_buckets_are_the_whole_ring_without_an_overlap(@ForAll("cuts") RingCut cut) {
    List<Span> spans = new ArrayList<>();
    for (int bucket = 0; bucket < cut.nodes(cut.depth()); bucket++) {
      spans.addAll(cut.spans(bucket));
      for (Span span : cut.spans(bucket)) {
        assertThat(cut.bucketOf((int) span.first())).isEqualTo(bucket);
        assertThat(cut.bucketOf((int) span.last())).isEqualTo(bucket);
      }
    }
    spans.sort((a, b) -> Long.compare(a.first(), b.first()));
    long next = 0;
    for (Span span : spans) {
      assertThat(span.first()).isEqualTo(next);
      next = span.last() + 1;
    }
    assertThat(next).isEqualTo(1L << 32);
  }

  @Property(tries = 100)
  void all_keys_of_an_arc_have_the_same_owners(@ForAll @IntRange(max = 1_000_000) int number) {
    Ring ring = Ring.of(List.of(0, 1, 2, 3), 10);
    RingCut cut = RingCut.of(ring);
    Key key = Key.of("key-" + number);
    int arc = cut.arcOf(cut.depth(), cut.bucketOf(key.position()));
    assertThat(ring.preferenceList(key.position()))
        .isSameAs(ring.preferenceList((int) cut.to(arc)));
  }

  @Property(tries = 100)
  void trees_of_equal_sets_are_equal_whatever_the_order_of_writes(
      @ForAll("cuts") RingCut cut, @ForAll("writes") List<Write> writes, @ForAll long seed) {
    Store one = new Store(cut);
    writes.forEach(one::apply);
    List<Write> last =
        new ArrayList<>(
            one.index.entrySet().stream()
                .map(e -> new Write(number(e.getKey()), (int) e.getValue().millis()))
                .toList());
    Collections.shuffle(last, new Random(seed));
    Store other = new Store(cut);
    last.forEach(other::apply);
    assertThat(bucketsOf(one.trees)).isEqualTo(bucketsOf(other.trees));
    assertThat(difference(one, other)).isEmpty();
  }

  @Property(tries = 100)
  void a_descent_ends_at_exactly_the_buckets_that_differ(
      @ForAll("cuts") RingCut cut,
      @ForAll("writes") List<Write> common,
      @ForAll("writes") List<Write> some,
      @ForAll("writes") List<Write> others) {
    Store one = new Store(cut);
    Store other = new Store(cut);
    Stream.of(common, some).flatMap(Collection::stream).forEach(one::apply);
    Stream.of(common, others).flatMap(Collection::stream).forEach(other::apply);
    Set<Key> keys = new TreeSet<>(one.index.keySet());
    keys.addAll(other.index.keySet());
    Set<Integer> expected = new TreeSet<>();
    for (Key key : keys) {
      if (!Objects.equals(one.index.get(key), other.index.get(key))) {
        expected.add(cut.bucketOf(key.position()));
      }
    }
    assertThat(difference(one, other)).containsExactlyElementsOf(expected);
  }

  @Property(tries = 100)
  void what_is_asked_grows_with_what_differs(@ForAll("writes") List<Write> common) {
    RingCut cut = RingCut.of(Ring.of(List.of(0, 1, 2, 3), 10));
    Store one = new Store(cut);
    Store other = new Store(cut);
    common.forEach(one::apply);
    common.forEach(other::apply);
    one.apply(new Write(1_000, 1));
    Descent descent = new Descent(cut, IntStream.range(0, cut.arcs()).boxed().toList());
    int asked = 0;
    while (!descent.isOver()) {
      List<Long> mine = one.trees.digests(descent.level(), descent.parents());
      asked += mine.size();
      descent.compare(mine, other.trees.digests(descent.level(), descent.parents()));
    }
    assertThat(asked).isEqualTo(cut.arcs() + RingCut.FAN * cut.depth());
    assertThat(descent.differing()).containsExactly(cut.bucketOf(Key.of("key-1000").position()));
  }

  @Property(tries = 100)
  void trees_that_grow_while_an_inventory_is_made_are_those_that_were_kept_all_along(
      @ForAll("cuts") RingCut cut,
      @ForAll("writes") List<Write> before,
      @ForAll("writes") List<Write> meanwhile) {
    Store kept = new Store(cut);
    before.forEach(kept::apply);
    Store begun = new Store(cut);
    begun.index.putAll(kept.index);
    ArcTrees difference = begun.trees.negated();
    begun.addInventoryTo(difference);
    meanwhile.forEach(kept::apply);
    meanwhile.forEach(begun::apply);
    begun.trees.correct(difference);
    assertThat(bucketsOf(begun.trees)).isEqualTo(bucketsOf(kept.trees));
  }

  @Property(tries = 100)
  void a_check_finds_nothing_wrong_with_trees_that_were_kept_and_puts_right_what_is(
      @ForAll("cuts") RingCut cut,
      @ForAll("writes") List<Write> before,
      @ForAll("writes") List<Write> meanwhile,
      @ForAll boolean isWrong) {
    Store kept = new Store(cut);
    Store right = new Store(cut);
    before.forEach(kept::apply);
    before.forEach(right::apply);
    if (isWrong) {
      kept.trees.add(0, 77);
    }
    ArcTrees difference = kept.trees.negated();
    kept.addInventoryTo(difference);
    meanwhile.forEach(kept::apply);
    meanwhile.forEach(right::apply);
    assertThat(kept.trees.correct(difference)).isEqualTo(isWrong ? 1 : 0);
    assertThat(bucketsOf(kept.trees)).isEqualTo(bucketsOf(right.trees));
  }

  @Example
  void trees_stay_within_their_memory_on_any_ring() {
    for (int vnodes : new int[] {1, 10, 100, 1_000}) {
      RingCut cut = RingCut.of(Ring.of(IntStream.range(0, 50).boxed().toList(), vnodes));
      assertThat(new ArcTrees(cut).size()).isBetween(8L * cut.arcs(), 16L << 20);
    }
  }

  @Example
  void nodes_that_do_not_exist_are_refused() {
    RingCut cut = RingCut.of(Ring.of(List.of(0, 1), 4));
    cut.check(3, List.of(0, 8 * 4096 - 1));
    assertThatThrownBy(() -> cut.check(4, List.of())).hasMessageContaining("level 4");
    assertThatThrownBy(() -> cut.check(0, List.of(8))).hasMessageContaining("only 8");
    assertThatThrownBy(() -> cut.check(1, List.of(-1))).hasMessageContaining("node -1");
    assertThatThrownBy(() -> cut.check(0, Collections.nCopies(9, 0)))
        .hasMessage("9 nodes of level 0, there are only 8");
  }

  private static int number(Key key) {
    return Integer.parseInt(key.toString().substring("key-".length()));
  }

  private static List<Long> bucketsOf(ArcTrees trees) {
    int level = trees.cut().depth();
    return trees.digests(level, IntStream.range(0, trees.cut().nodes(level - 1)).boxed().toList());
  }

  private static List<Integer> difference(Store one, Store other) {
    RingCut cut = one.trees.cut();
    Descent descent = new Descent(cut, IntStream.range(0, cut.arcs()).boxed().toList());
    while (!descent.isOver()) {
      descent.compare(
          one.trees.digests(descent.level(), descent.parents()),
          other.trees.digests(descent.level(), descent.parents()));
    }
    return descent.differing();
  }
}
