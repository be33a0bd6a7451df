package dev.rondo.router;

import static dev.rondo.router.StubCluster.ALPHA;
import static dev.rondo.router.StubCluster.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Locating.Located;
import dev.rondo.bus.Locating.Place;
import dev.rondo.bus.PeerFault;
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
                      new Place(0, true, version),
                      new Place(1, true, Version.NONE),
                      new Place(2, false, Version.NONE)),
                  List.of(new Place(3, false, Version.NONE))));
    }
  }
}
