package dev.rondo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How the side under test relates to the one it is compared with, figure by figure. */
final class Ratios {

  /**
   * One figure of the tested side divided by the compared side's.
   *
   * @param total of all slices together
   * @param least of any pair of slices
   * @param median of the pairs
   * @param most of any pair
   */
  record Ratio(String figure, double total, double least, double median, double most) {}

  private Ratios() {}

  /** Those figures that both sides have. */
  static List<Ratio> of(LoadRun.Measured tested, LoadRun.Measured compared) {
    List<Ratio> ratios = new ArrayList<>();
    add(ratios, "throughput", Score::throughput, tested, compared);
    for (Kind kind : Kind.values()) {
      for (double percentile : new double[] {50, 99}) {
        String figure = "%s p%.0f".formatted(kind.label(), percentile);
        add(ratios, figure, score -> micros(score, kind, percentile), tested, compared);
      }
    }
    add(ratios, "server CPU", Score::serverMicrosEach, tested, compared);
    return ratios;
  }

  private static void add(
      List<Ratio> ratios,
      String name,
      ToDoubleFunction<Score> figure,
      LoadRun.Measured tested,
      LoadRun.Measured compared) {
    double total = ratio(figure, tested.total(), compared.total());
    if (!Double.isFinite(total)) {
      return;
    }
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < tested.slices().size(); i++) {
      pairs.add(ratio(figure, tested.slices().get(i), compared.slices().get(i)));
    }
    pairs.sort(null);
    int last = pairs.size() - 1;
    double median = (pairs.get(last / 2) + pairs.get((last + 1) / 2)) / 2;
    ratios.add(new Ratio(name, total, pairs.get(0), median, pairs.get(last)));
  }

  private static double ratio(ToDoubleFunction<Score> figure, Score tested, Score compared) {
    return figure.applyAsDouble(tested) / figure.applyAsDouble(compared);
  }

  private static double micros(Score score, Kind kind, double percentile) {
    var latency = score.tally().latency(kind);
    return latency.getTotalCount() == 0 ? Double.NaN : latency.getValueAtPercentile(percentile);
  }
}
