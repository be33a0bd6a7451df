package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.ring.PreferenceList;
import dev.rondo.core.ring.PreferenceLists;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of a write, under any order of any events. */
class WriteRoundProperties {

  @Provide
  Arbitrary<Script> scripts() {
    return Script.any();
  }

  @Property
  void no_more_replicas_are_counted_than_distinct_workers_hold_it(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.round.replicas()).isLessThanOrEqualTo(play.distinctCountableHolders());
    }
  }

  @Property
  void it_is_reached_only_with_w_distinct_durable_workers(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.round.verdict() != Verdict.REACHED || play.hasQuorum()).isTrue();
    }
  }

  @Property
  void hints_count_only_where_the_owners_that_are_connected_cannot_make_it(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      boolean counted = play.round.verdict() == Verdict.REACHED && play.round.hinted() > 0;
      if (counted && play.delays < Silence.COUNTED_AFTER) {
        assertThat(play.ownersThatMayStillHoldIt()).isLessThan(script.required());
      }
    }
  }

  @Property
  void it_is_not_kept_waiting_once_every_owner_has_it(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      boolean everywhere = play.owning.size() == script.owners();
      assertThat(everywhere && play.round.verdict() == Verdict.PENDING).isFalse();
    }
  }

  @Property
  void no_copy_is_sent_twice(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.sent).doesNotHaveDuplicates();
    }
  }

  @Property
  void hints_are_held_by_stand_ins_or_by_the_coordinator(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.sent)
          .allSatisfy(
              copy ->
                  assertThat(
                          !copy.isHint() || copy.holder() == 0 || copy.holder() >= script.owners())
                      .isTrue());
    }
  }

  @Property
  void every_round_ends_with_a_verdict(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.round.isFinished()).isEqualTo(play.open.isEmpty());
    }
    assertThat(play.open).isEmpty();
    assertThat(play.round.verdict()).isNotEqualTo(Verdict.PENDING);
  }

  @Property
  void a_verdict_is_final(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    Verdict before = Verdict.PENDING;
    while (play.step()) {
      Verdict now = play.round.verdict();
      assertThat(before == Verdict.PENDING || now == before).isTrue();
      before = now;
    }
  }

  @Property
  void an_owner_without_the_write_has_a_hint_or_everybody_was_asked(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      // Until the end.
    }
    for (int owner = 0; owner < script.owners(); owner++) {
      assertThat(play.isCovered(owner) || play.wasOfferedToAll(owner)).isTrue();
    }
  }

  /** Plays a script: every open copy is stored, refused or superseded, in any order. */
  private static final class Play {
    private final Script script;
    private final WriteRound round;
    private final List<Copy> sent = new ArrayList<>();
    private final List<Copy> open = new ArrayList<>();
    private final List<Copy> hints = new ArrayList<>();
    private final Set<Integer> owning = new HashSet<>();
    private final Set<Integer> lost = new HashSet<>();
    private boolean superseded;
    private int delays;
    private int next;

    Play(Script script) {
      this.script = script;
      PreferenceList preference =
          PreferenceLists.of(IntStream.range(0, script.workers()).toArray());
      this.round =
          new WriteRound(
              preference,
              Requirements.of(script.owners(), script.required()),
              script.flag(),
              0,
              script);
      send(round.start());
    }

    /** One event; false when nothing is left to happen. */
    boolean step() {
      if (open.isEmpty()) {
        return false;
      }
      int choice = script.choices().get(next++ % script.choices().size());
      if (choice % 11 == 0 && round.verdict() == Verdict.PENDING) {
        int more = 1 + choice / 11 % Silence.COUNTED_AFTER;
        delays += more;
        send(round.hedge(more));
      }
      Copy copy = open.remove(choice % open.size());
      switch (choice / 100 % 9) {
        case 0, 1, 2, 3 -> send(store(copy));
        case 4 -> send(supersede(copy));
        default -> send(fail(copy));
      }
      return true;
    }

    private List<Copy> store(Copy copy) {
      if (copy.isHint()) {
        hints.add(copy);
      } else {
        owning.add(copy.holder());
      }
      return round.stored(copy);
    }

    private List<Copy> fail(Copy copy) {
      if (!copy.isHint()) {
        lost.add(copy.owner());
      }
      return round.failed(copy);
    }

    private List<Copy> supersede(Copy copy) {
      if (!copy.isHint()) {
        lost.add(copy.owner());
      }
      superseded = true;
      return round.newer(copy, Version.of(99, 0, 1));
    }

    private void send(List<Copy> copies) {
      sent.addAll(copies);
      open.addAll(copies);
    }

    int distinctCountableHolders() {
      Set<Integer> holders = new HashSet<>(owning);
      hints.stream()
          .filter(hint -> script.flag() && hint.holder() >= script.owners())
          .forEach(hint -> holders.add(hint.holder()));
      return holders.size();
    }

    long ownersThatMayStillHoldIt() {
      return IntStream.range(0, script.owners())
          .filter(owner -> owner == 0 || script.mayBeReachable(owner))
          .filter(owner -> !lost.contains(owner))
          .count();
    }

    boolean hasQuorum() {
      return distinctCountableHolders() >= script.required();
    }

    boolean isCovered(int owner) {
      return superseded
          || owning.contains(owner)
          || hints.stream().anyMatch(hint -> hint.owner() == owner);
    }

    boolean wasOfferedToAll(int owner) {
      return IntStream.range(0, script.workers())
          .filter(worker -> worker == 0 ? owner != 0 : worker >= script.owners())
          .filter(worker -> worker == 0 || script.isReachable(worker))
          .allMatch(worker -> sent.contains(new Copy(worker, owner)));
    }
  }
}
