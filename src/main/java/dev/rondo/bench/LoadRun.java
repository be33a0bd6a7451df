package dev.rondo.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures one side, or two in turns. */
final class LoadRun {

  /** What one side did in each of its slices; a side that is measured alone has one. */
  record Measured(List<Target> targets, List<Score> slices) {
    Measured {
      targets = List.copyOf(targets);
      slices = List.copyOf(slices);
    }

    Score total() {
      return slices.stream().reduce(Score::plus).orElseThrow();
    }
  }

  /** The side under test, and the one that it is compared with. */
  record Result(Measured tested, @Nullable Measured compared) {

    boolean isClean() {
      return tested.total().tally().failed() == 0
          && (compared == null || compared.total().tally().failed() == 0);
    }
  }

  /** The keys could not be written, so that measuring would only count what is missing. */
  static final class PreloadFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PreloadFailed(Object answers) {
      super("Preloading failed: " + answers);
    }
  }

  private final Plan plan;
  private final Side tested;
  private final @Nullable Side compared;

  LoadRun(Plan plan, Side tested, @Nullable Side compared) {
    this.plan = plan;
    this.tested = tested;
    this.compared = compared;
  }

  Result run() {
    prepare(tested);
    if (compared == null) {
      Score score = tested.run("measuring", plan.duration(), plan.operations());
      return new Result(new Measured(tested.targets(), List.of(score)), null);
    }
    prepare(compared);
    return takeTurns(compared);
  }

  /** In the order A B, B A, A B …, so that a machine that slows down hits both alike. */
  private Result takeTurns(Side other) {
    List<Score> first = new ArrayList<>();
    List<Score> second = new ArrayList<>();
    for (int pair = 0; pair < plan.pairs(); pair++) {
      boolean testedFirst = pair % 2 == 0;
      if (!testedFirst) {
        second.add(slice(other));
      }
      first.add(slice(tested));
      if (testedFirst) {
        second.add(slice(other));
      }
    }
    return new Result(new Measured(tested.targets(), first), new Measured(other.targets(), second));
  }

  private void prepare(Side side) {
    if (plan.preload()) {
      Score score = side.preload();
      if (score.tally().failed() > 0) {
        throw new PreloadFailed(score.tally().labels());
      }
    }
    if (!plan.warmup().isZero()) {
      side.run("warming up", plan.warmup(), 0);
    }
  }

  private Score slice(Side side) {
    return side.run("measuring", plan.slice(), plan.operations());
  }
}
