package dev.rondo.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Laws of the ring. */
class RingProperties {

  @Property(tries = 300)
  void a_lookup_finds_what_a_walk_around_the_ring_finds(
      @ForAll @Size(min = 1, max = 8) Set<@IntRange(max = 99) Integer> workers,
      @ForAll @IntRange(min = 1, max = 20) int vnodes,
      @ForAll int position) {
    Ring ring = Ring.of(workers, vnodes);
    assertThat(ring.preferenceList(position).owners(workers.size()))
        .isEqualTo(walk(ring.tokens(), position));
  }

  @Property(tries = 200)
  void a_token_owns_its_own_position_and_not_the_one_behind_it(
      @ForAll @Size(min = 2, max = 8) Set<@IntRange(max = 99) Integer> workers,
      @ForAll @IntRange(min = 1, max = 20) int vnodes) {
    Ring ring = Ring.of(workers, vnodes);
    for (Token token : ring.tokens()) {
      assertThat(ring.preferenceList(token.position()).worker(0)).isEqualTo(token.worker());
      int behind = token.position() + 1;
      assertThat(ring.preferenceList(behind).owners(workers.size()))
          .isEqualTo(walk(ring.tokens(), behind));
    }
  }

  @Property(tries = 200)
  void every_worker_is_met_exactly_once(
      @ForAll @Size(min = 1, max = 12) Set<@IntRange(max = 99) Integer> workers,
      @ForAll int position) {
    assertThat(Ring.of(workers, 10).preferenceList(position).owners(workers.size()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(workers);
  }

  @Property(tries = 200)
  void a_new_worker_takes_keys_and_moves_none_between_the_others(
      @ForAll @Size(min = 1, max = 8) Set<@IntRange(max = 99) Integer> workers,
      @ForAll @IntRange(min = 100, max = 199) int newcomer,
      @ForAll int position) {
    Set<Integer> grown = new HashSet<>(workers);
    grown.add(newcomer);
    List<Integer> before = Ring.of(workers, 10).preferenceList(position).owners(workers.size());
    List<Integer> after =
        new ArrayList<>(Ring.of(grown, 10).preferenceList(position).owners(grown.size()));
    after.remove(Integer.valueOf(newcomer));
    assertThat(after).isEqualTo(before);
  }

  @Property(tries = 50)
  void a_new_worker_takes_about_its_fair_share(
      @ForAll @Size(min = 1, max = 9) Set<@IntRange(max = 99) Integer> workers,
      @ForAll @IntRange(min = 100, max = 199) int newcomer) {
    Set<Integer> grown = new HashSet<>(workers);
    grown.add(newcomer);
    double fair = 1.0 / grown.size();
    assertThat(Ring.of(grown, 256).shares().get(newcomer)).isCloseTo(fair, within(fair * 0.4));
  }

  @Property(tries = 100)
  void shares_add_up_to_the_whole(
      @ForAll @Size(min = 1, max = 8) Set<@IntRange(max = 9999) Integer> workers,
      @ForAll @IntRange(min = 1, max = 20) int vnodes) {
    assertThat(
            Ring.of(workers, vnodes).shares().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum())
        .isCloseTo(1.0, within(1e-9));
  }

  /** The definition, word by word: the first token at or after the position, then clockwise. */
  private static List<Integer> walk(List<Token> tokens, int position) {
    Token first = null;
    for (Token token : tokens) {
      boolean reached = Position.toLong(token.position()) >= Position.toLong(position);
      first = first == null && reached ? token : first;
    }
    return walkFrom(tokens, first);
  }

  private static List<Integer> walkFrom(List<Token> tokens, @Nullable Token first) {
    int start = first == null ? 0 : tokens.indexOf(first);
    Set<Integer> met = new LinkedHashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      met.add(tokens.get((start + i) % tokens.size()).worker());
    }
    return List.copyOf(met);
  }
}
