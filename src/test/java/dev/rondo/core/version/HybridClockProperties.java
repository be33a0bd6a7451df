package dev.rondo.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of the clock, whatever happens to it in whatever order. */
class HybridClockProperties {

  private static final long NOW = 1_700_000_000_000L;

  /** Something that happens to a clock while the wall shows {@code wall}. */
  record Event(Kind kind, long wall, long seen) {}

  enum Kind {
    STAMP,
    OBSERVE,
    RESTART
  }

  @Provide
  Arbitrary<List<Event>> lives() {
    Arbitrary<Kind> kinds =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(10, Kind.STAMP),
            net.jqwik.api.Tuple.of(3, Kind.OBSERVE),
            net.jqwik.api.Tuple.of(1, Kind.RESTART));
    Arbitrary<Long> walls = Arbitraries.longs().between(NOW - 50, NOW + 50);
    Arbitrary<Long> jumps = Arbitraries.longs().between(NOW - 4_000_000, NOW + 4_000_000);
    Arbitrary<Event> events =
        Combinators.combine(kinds, Arbitraries.oneOf(walls, walls, jumps), walls).as(Event::new);
    return events.list().ofMaxSize(120).withoutEdgeCases();
  }

  @Property
  void stamps_only_rise_until_the_clock_starts_again(@ForAll("lives") List<Event> life) {
    Life clock = new Life();
    Version latest = Version.NONE;
    for (Event event : life) {
      Version stamped = clock.live(event);
      if (stamped.exists()) {
        assertThat(stamped).isGreaterThan(latest);
        latest = stamped;
      }
      if (event.kind() == Kind.OBSERVE) {
        latest = Version.max(latest, Version.of(event.seen(), 9, 8));
      }
      latest = event.kind() == Kind.RESTART ? Version.NONE : latest;
    }
  }

  @Property
  void the_same_version_is_never_stamped_twice(@ForAll("lives") List<Event> life) {
    Life clock = new Life();
    Set<Version> stamped = new HashSet<>();
    for (Event event : life) {
      Version version = clock.live(event);
      assertThat(!version.exists() || stamped.add(version)).as(version.toString()).isTrue();
    }
  }

  @Property
  void no_stamp_reaches_the_durable_mark(@ForAll("lives") List<Event> life) {
    Life clock = new Life();
    for (Event event : life) {
      Version version = clock.live(event);
      assertThat(version.millis()).isLessThan(Math.max(1, clock.durableMark));
    }
  }

  /** A worker that keeps its clock's mark and nothing else. */
  private static final class Life {
    private long durableMark;
    private HybridClock clock = new HybridClock(3, 0);

    Version live(Event event) {
      return switch (event.kind()) {
        case STAMP -> stamp(event.wall());
        case OBSERVE -> observe(Version.of(event.seen(), 9, 8));
        case RESTART -> restart();
      };
    }

    private Version stamp(long wall) {
      if (clock.needsReservation(wall)) {
        durableMark = Math.max(wall, clock.last() >>> 16) + 20;
        clock.reserved(durableMark);
      }
      return clock.next(wall);
    }

    private Version observe(Version seen) {
      clock.observe(seen);
      return Version.NONE;
    }

    private Version restart() {
      clock = new HybridClock(3, durableMark);
      return Version.NONE;
    }
  }
}
