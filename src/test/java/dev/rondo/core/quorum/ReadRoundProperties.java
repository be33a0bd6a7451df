package dev.rondo.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.quorum.ReadRound.Ask;
import dev.rondo.core.ring.PreferenceLists;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of a read, under any order of any events. */
class ReadRoundProperties {

  @Provide
  Arbitrary<Script> scripts() {
    return Script.any();
  }

  @Property
  void it_answers_with_the_newest_of_at_least_r_owners(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    boolean reached = false;
    while (play.step()) {
      if (!reached && play.round.verdict() == Verdict.REACHED) {
        reached = true;
        assertThat(play.counted).hasSizeGreaterThanOrEqualTo(script.required());
        assertThat(play.round.newest()).isEqualTo(play.newestSeen());
        assertThat(play.values).contains(play.newestSeen());
      }
    }
  }

  @Property
  void it_answers_whenever_r_owners_did_and_the_newest_is_in_hand(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      boolean answerable =
          play.counted.size() >= script.required()
              && play.values.contains(play.newestSeen())
              && (play.undoubted() >= script.required() || !play.isBetterExpected());
      assertThat(answerable && play.round.verdict() == Verdict.PENDING).isFalse();
    }
  }

  @Property
  void answers_in_doubt_are_not_enough_while_a_better_one_may_come(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    boolean reached = false;
    while (play.step()) {
      if (!reached && play.round.verdict() == Verdict.REACHED) {
        reached = true;
        assertThat(play.undoubted() < script.required() && play.isBetterExpected()).isFalse();
      }
    }
  }

  @Property
  void nobody_is_asked_the_same_twice(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.sent).doesNotHaveDuplicates();
    }
  }

  @Property
  void only_owners_are_asked(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.sent).allMatch(ask -> ask.worker() < script.owners());
    }
  }

  @Property
  void nobody_is_given_up_while_an_owner_was_not_asked(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      if (play.round.verdict() == Verdict.UNREACHABLE) {
        assertThat(play.sent.stream().map(Ask::worker).distinct()).hasSize(script.owners());
        return;
      }
    }
  }

  @Property
  void every_round_ends_with_a_verdict(@ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      assertThat(play.round.isFinished()).isEqualTo(play.open.isEmpty());
    }
    assertThat(play.round.verdict()).isIn(Verdict.REACHED, Verdict.UNREACHABLE);
  }

  @Property
  void the_stale_owners_are_those_that_answered_with_less_than_the_newest(
      @ForAll("scripts") Script script) {
    Play play = new Play(script);
    while (play.step()) {
      Set<Integer> expected = new TreeSet<>();
      play.seen.forEach(
          (worker, version) -> {
            if (play.newestSeen().isAfter(version)) {
              expected.add(worker);
            }
          });
      assertThat(play.round.stale()).containsExactlyElementsOf(expected);
    }
  }

  /** Plays a script: every open question is answered or fails, in any order. */
  private static final class Play {
    private final Script script;
    private final ReadRound round;
    private final int self;
    private final List<Ask> sent = new ArrayList<>();
    private final List<Ask> open = new ArrayList<>();
    private final List<Version> values = new ArrayList<>(List.of(Version.NONE));
    private final Map<Integer, Version> seen = new HashMap<>();
    private final Set<Integer> counted = new TreeSet<>();
    private int next;

    Play(Script script) {
      this.script = script;
      this.self = script.flag() ? 0 : script.workers() - 1;
      this.round =
          new ReadRound(
              PreferenceLists.of(IntStream.range(0, script.workers()).toArray()),
              Requirements.of(script.owners(), script.required()),
              self,
              script,
              script::isBehind);
      send(round.start());
    }

    /** One event; false when nothing is left to happen. */
    boolean step() {
      if (open.isEmpty()) {
        return false;
      }
      int choice = script.choices().get(next++ % script.choices().size());
      if (choice % 7 == 0 && round.verdict() == Verdict.PENDING) {
        send(round.hedge());
      }
      Ask ask = open.remove(choice % open.size());
      if (choice / 100 % 4 == 0) {
        send(round.failed(ask));
      } else {
        send(answer(ask));
      }
      return true;
    }

    /** What a worker holds does not change, and whether it lost its data neither. */
    private List<Ask> answer(Ask ask) {
      int fate = script.choices().get(ask.worker() + 40);
      Version version = fate % 4 == 0 ? Version.NONE : Version.of(1 + fate % 4, 0, 1);
      boolean counts = fate / 10 % 5 != 0;
      seen.put(ask.worker(), version);
      if (ask.value()) {
        values.add(version);
      }
      if (counts) {
        counted.add(ask.worker());
      }
      return round.answered(ask, version, counts);
    }

    private void send(List<Ask> asks) {
      sent.addAll(asks);
      open.addAll(asks);
    }

    long undoubted() {
      return counted.stream().filter(worker -> !script.isBehind(worker)).count();
    }

    /** For a second at most: a script is too short for that. */
    boolean isBetterExpected() {
      return open.stream()
          .map(Ask::worker)
          .anyMatch(
              worker ->
                  !script.isBehind(worker) && (worker == self || script.mayBeReachable(worker)));
    }

    Version newestSeen() {
      return seen.values().stream().reduce(Version.NONE, Version::max);
    }
  }
}
