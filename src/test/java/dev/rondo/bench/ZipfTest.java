package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {
  private static final int DRAWS = 400_000;

  @ParameterizedTest
  @CsvSource({"2, 0.99", "10, 0.99", "10, 1", "10, 1.5", "50, 0.5", "200, 0.99", "5, 3"})
  void every_rank_is_as_frequent_as_its_definition_says(int ranks, double exponent) {
    long[] drawn = draw(new Zipf(ranks, exponent), ranks);
    double sum = weights(ranks, exponent).sum();
    double chiSquare = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      double expected = DRAWS * Math.pow(rank, -exponent) / sum;
      chiSquare += Math.pow(drawn[rank] - expected, 2) / expected;
    }
    // The mean of chi-square is its degrees of freedom f, the deviation sqrt(2 f).
    double freedom = ranks - 1;
    assertThat(chiSquare).isLessThan(freedom + 4.5 * Math.sqrt(2 * freedom));
  }

  @Test
  void the_most_frequent_of_a_million_has_its_share() {
    int ranks = 1_000_000;
    long[] drawn = draw(new Zipf(ranks, 0.99), ranks);
    double share = 1 / weights(ranks, 0.99).sum();
    assertThat((double) drawn[1] / DRAWS).isCloseTo(share, within(0.03 * share));
  }

  @Test
  void one_rank_is_always_drawn() {
    assertThat(new Zipf(1, 0.99).next(new SplittableRandom(1))).isEqualTo(1);
  }

  @Test
  void keys_start_at_zero_and_end_before_the_bound() {
    for (Distribution distribution : Distribution.values()) {
      Distribution.Chooser keys = distribution.over(3);
      SplittableRandom random = new SplittableRandom(3);
      assertThat(IntStream.generate(() -> keys.next(random)).limit(1000).boxed())
          .as(distribution.name())
          .containsOnly(0, 1, 2)
          .contains(0, 1, 2);
    }
  }

  private static long[] draw(Zipf zipf, int ranks) {
    SplittableRandom random = new SplittableRandom(20_260_101);
    long[] drawn = new long[ranks + 1];
    for (int i = 0; i < DRAWS; i++) {
      drawn[zipf.next(random)]++;
    }
    return drawn;
  }

  private static java.util.stream.DoubleStream weights(int ranks, double exponent) {
    return IntStream.rangeClosed(1, ranks).mapToDouble(rank -> Math.pow(rank, -exponent));
  }
}
