package dev.rondo.core.accord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.core.accord.Proposal.Verdict;
import dev.rondo.core.member.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Rival controllers over a network that loses, repeats and reorders, workers that crash and come
 * back with what they had made durable: an epoch is decided once.
 */
class RivalControllersProperties {
  private static final int STEPS = 300;

  @Property
  void no_two_states_are_decided_for_one_epoch(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int members,
      @ForAll @IntRange(min = 1, max = 3) int controllers) {
    Run run = new Run(new Random(seed), members, controllers);
    for (int step = 0; step < STEPS; step++) {
      run.step();
    }
    assertThat(run.decided).as("seed " + seed).hasSizeLessThanOrEqualTo(1);
  }

  @Property
  void a_controller_that_is_alone_gets_it_decided_after_any_history(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int members) {
    Run run = new Run(new Random(seed), members, 2);
    for (int step = 0; step < STEPS; step++) {
      run.step();
    }
    run.finish();
    assertThat(run.decided).as("seed " + seed).hasSize(1);
  }

  private static final class Run {
    private final Random random;
    private final int controllers;
    private final Map<Integer, Acceptor> acceptors = new HashMap<>();
    private final Map<Integer, Proposal> proposals = new HashMap<>();
    private final List<Runnable> underWay = new ArrayList<>();
    final Set<ClusterState> decided = new HashSet<>();
    private long round;

    Run(Random random, int members, int controllers) {
      this.random = random;
      this.controllers = controllers;
      for (int id = 0; id < members; id++) {
        acceptors.put(id, Acceptor.BLANK);
      }
    }

    void step() {
      int dice = random.nextInt(100);
      if (underWay.isEmpty() || dice < 5) {
        begin(random.nextInt(controllers));
      } else {
        Runnable message = underWay.get(random.nextInt(underWay.size()));
        if (dice >= 20) {
          underWay.remove(message);
        }
        if (dice < 80) {
          message.run();
        }
      }
    }

    /** Nothing is lost any more, and nobody else tries. */
    void finish() {
      underWay.clear();
      begin(0);
      while (!underWay.isEmpty()) {
        underWay.remove(0).run();
      }
    }

    private void begin(int controller) {
      round += 1 + random.nextInt(2);
      Proposal proposal =
          new Proposal(
              acceptors.keySet(),
              new Ballot(round, "controller-" + controller),
              States.of(5, 1 + controller));
      proposals.put(controller, proposal);
      acceptors.keySet().forEach(member -> underWay.add(() -> prepare(proposal, member)));
    }

    private void prepare(Proposal proposal, int member) {
      var next = acceptors.get(member).promise(4, 5, proposal.ballot());
      next.ifPresent(kept -> acceptors.put(member, kept));
      Vote before = next.map(Acceptor::accepted).orElse(null);
      boolean granted = next.isPresent();
      underWay.add(() -> promised(proposal, member, granted, before));
    }

    private void promised(Proposal proposal, int member, boolean granted, Vote before) {
      boolean accepting = proposal.isAccepting();
      if (granted) {
        proposal.promised(member, before);
      } else {
        proposal.refused(member);
      }
      if (!accepting && proposal.isAccepting()) {
        acceptors.keySet().forEach(one -> underWay.add(() -> accept(proposal, one)));
      }
    }

    private void accept(Proposal proposal, int member) {
      var next = acceptors.get(member).accept(4, proposal.ballot(), proposal.state());
      next.ifPresent(kept -> acceptors.put(member, kept));
      boolean accepted = next.isPresent();
      underWay.add(
          () -> {
            Verdict verdict = accepted ? proposal.accepted(member) : proposal.refused(member);
            if (verdict == Verdict.WON) {
              decided.add(proposal.state());
            }
          });
    }
  }
}
