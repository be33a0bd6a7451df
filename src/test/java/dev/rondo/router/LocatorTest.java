package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Locating.Condition;
import dev.rondo.bus.Locating.Located;
import dev.rondo.bus.Locating.Place;
import dev.rondo.bus.PeerFault;
import dev.rondo.bus.Storing;
import dev.rondo.core.version.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocatorTest {

  @Test
  void every_worker_of_a_key_is_shown_with_what_it_holds_whether_it_answers_or_not() {
    Version version = Version.of(10, 0, 1);
    try (StubCluster cluster = StubCluster.seenBy(0).suspects(3).start()) {
      cluster.worker(0).holds(ALPHA, StubCluster.value(ALPHA, version, "value"));
      cluster.worker(2).failsWith(PeerFault.Kind.UNANSWERED);

      assertThat(now(cluster.locate(ALPHA)))
          .isEqualTo(
              new Located(
                  List.of(
                      new Place(0, Condition.ONLINE, version),
                      new Place(1, Condition.ONLINE, Version.NONE),
                      new Place(2, Condition.OFFLINE, Version.NONE)),
                  List.of(new Place(3, Condition.OFFLINE, Version.NONE))));
    }
  }

  @Test
  void of_who_stands_in_the_hint_is_shown_and_of_who_was_away_that_it_has_not_caught_up() {
    Version version = Version.of(10, 0, 1);
    try (StubCluster cluster = StubCluster.seenBy(0).recovering(1).start()) {
      cluster.worker(3).holds(ALPHA, StubCluster.value(ALPHA, Version.of(9, 0, 1), "surplus"));
      cluster
          .worker(3)
          .store(new Storing.Entry.Hint(1, ALPHA, StubCluster.value(ALPHA, version, "hint")));

      assertThat(now(cluster.locate(ALPHA)))
          .isEqualTo(
              new Located(
                  List.of(
                      new Place(0, Condition.ONLINE, Version.NONE),
                      new Place(1, Condition.RECOVERING, Version.NONE),
                      new Place(2, Condition.ONLINE, Version.NONE)),
                  List.of(new Place(3, Condition.ONLINE, version))));
    }
  }
}
