package dev.rondo.simulation;

import dev.rondo.bus.Reading;
import dev.rondo.bus.Writing;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What clients did and saw, and what must hold of it.
 *
 * <p>Let <i>o(w)</i> be how many owners had the write <i>w</i> durably when it was acknowledged
 * (replicas less stand-ins). Then, whatever fails:
 *
 * <ol>
 *   <li>no version is used for two writes, the versions of one worker only rise, and no value
 *       appears that nobody wrote;
 *   <li>a write that was refused is never seen;
 *   <li>a read of R owners that begins after w was acknowledged sees w or something later, if
 *       <i>o(w)</i> + R &gt; N: the owners that had it and the owners that are asked meet;
 *   <li>a write x that begins after w was acknowledged wins over w, if <i>o(w)</i> + <i>o(x)</i>
 *       &gt; N, or if the clocks are sound and far enough apart: no acknowledged write is shadowed
 *       by one that was over before it began;
 *   <li>while N, W and R are changed, the same goes for writes and reads by the numbers that the
 *       cluster has at the time, as far as no hints were needed;
 *   <li>when all is healed, every owner holds what its coordinator says it was given, and after
 *       read repair all owners hold the same, nothing acknowledged being lost.
 * </ol>
 */
final class History {

  /** By then a clock that is right has passed everything that was stamped by another right one. */
  private static final long SURELY_LATER = 1_200_000;

  /** What a client knows of its write. */
  enum Fate {
    OPEN,
    ACKNOWLEDGED,
    /** Refused before anything was sent. */
    REFUSED,
    UNKNOWN
  }

  /** One write of one client, with a value of its own. */
  static final class Write {
    private final int id;
    private final long begin;
    private final Writing.Write request;
    private Fate fate = Fate.OPEN;
    private long end = Long.MAX_VALUE;
    private Version version = Version.NONE;
    private int owners;
    private boolean byHints;

    private Write(int id, long begin, Writing.Write request) {
      this.id = id;
      this.begin = begin;
      this.request = request;
    }

    Key key() {
      return request.key();
    }

    Writing.Write request() {
      return request;
    }

    Fate fate() {
      return fate;
    }

    private boolean isAcknowledged() {
      return fate == Fate.ACKNOWLEDGED;
    }

    @Override
    public String toString() {
      return "w%d (%s, %.3f to %.3f ms, %s at %d owners)"
          .formatted(id, key(), begin / 1e3, end / 1e3, version, owners);
    }
  }

  private final Simulation simulation;
  private final Timeline time;
  private final Map<Key, List<Write>> acknowledged = new HashMap<>();
  private final Map<Version, Write> stamps = new HashMap<>();
  private final Map<Integer, Version> latest = new HashMap<>();
  private final Map<Version, Write> seen = new TreeMap<>();
  private final Map<Version, Set<Integer>> provided = new TreeMap<>();
  private int writes;
  private int reads;

  History(Simulation simulation) {
    this.simulation = simulation;
    this.time = simulation.time();
  }

  Write begin(Key key, boolean delete, int w, boolean sloppy) {
    int id = ++writes;
    Writing.Content content = delete ? null : new Writing.Content("", Bytes.utf8("w" + id));
    return new Write(
        id,
        time.now(),
        new Writing.Write(
            key,
            content,
            w,
            sloppy,
            Worker.REQUEST_TIMEOUT / 1_000,
            Writing.Condition.Always.ALWAYS));
  }

  void stamped(Write write, Version version) {
    simulation.trace().add(write, "is stamped", version);
    Write other = stamps.putIfAbsent(version, write);
    if (other != null) {
      throw new Violation("%s has the version of %s".formatted(write, other));
    }
  }

  /** A clock made this version, for whomever. */
  void made(Version version) {
    Version before = latest.put(version.worker(), version);
    if (before != null && !version.isAfter(before)) {
      throw new Violation("a clock stamped %s after %s".formatted(version, before));
    }
  }

  /** The same write under one more version. */
  void stampedAgain(Version before, Version now) {
    stamped(stamps.get(before), now);
  }

  /** These owners were given the version, or hold a later one, or have a durable hint. */
  void provided(Version version, Set<Integer> owners) {
    provided.put(version, Set.copyOf(owners));
  }

  void refused(Write write) {
    end(write, Fate.REFUSED);
  }

  void unknown(Write write) {
    end(write, Fate.UNKNOWN);
  }

  void ended(Write write, Writing.Outcome outcome) {
    if (outcome instanceof Writing.Outcome.Acknowledged success) {
      write.version = success.version();
      write.owners = success.replicas() - success.hinted();
      write.byHints = success.hinted() > 0;
      end(write, Fate.ACKNOWLEDGED);
      checkWins(write);
      acknowledged.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write);
    } else if (outcome instanceof Writing.Outcome.Unknown) {
      end(write, Fate.UNKNOWN);
    } else {
      end(write, Fate.REFUSED);
    }
  }

  private void end(Write write, Fate fate) {
    write.end = time.now();
    write.fate = fate;
    simulation.trace().add(write, "is", fate);
  }

  /** An acknowledged write wins over everything that was acknowledged before it began. */
  private void checkWins(Write later) {
    for (Write earlier : acknowledged(later.key())) {
      if (mustWin(later, earlier) && !later.version.isAfter(earlier.version)) {
        throw new Violation("%s is shadowed by the earlier %s".formatted(later, earlier));
      }
    }
  }

  private boolean mustWin(Write later, Write earlier) {
    boolean met =
        simulation.scenario().kind().changes()
            ? isPromised(later) && isPromised(earlier)
            : later.owners + earlier.owners > simulation.scenario().n();
    boolean timed =
        !simulation.scenario().kind().clocks() && later.begin - earlier.end > SURELY_LATER;
    return earlier.end < later.begin && (met || timed);
  }

  void read(Key key, long begin, int r, Reading.Outcome outcome) {
    StoredRecord record = null;
    Version version = Version.NONE;
    if (outcome instanceof Reading.Outcome.Found found) {
      record = found.record();
      version = record.version();
    } else if (outcome instanceof Reading.Outcome.NotFound missing) {
      version = missing.tombstone();
    } else {
      return;
    }
    reads++;
    simulation.trace().add("read", key, "r=", r, "began", begin / 1e3, ":", version);
    checkWritten(version, record);
    for (Write write : acknowledged(key)) {
      if (write.end < begin && mustSee(r, write) && write.version.isAfter(version)) {
        throw new Violation(
            "a read of %d owners that began at %.3f ms saw %s and not %s"
                .formatted(r, begin / 1e3, version, write));
      }
    }
  }

  private boolean mustSee(int r, Write write) {
    Scenario scenario = simulation.scenario();
    if (scenario.kind().changes()) {
      return r == 0 && isPromised(write);
    }
    int reading = r == 0 ? scenario.quorums().readQuorum() : r;
    int w = write.request.w() == 0 ? scenario.quorums().writeQuorum() : write.request.w();
    boolean promised = scenario.kind().promisesReads() && w + reading > scenario.n();
    return promised || write.owners + reading > scenario.n();
  }

  /** Owners alone made the quorums that the cluster itself asked for, whichever they were then. */
  private static boolean isPromised(Write write) {
    return write.request.w() == 0 && !write.byHints;
  }

  private void checkWritten(Version version, @Nullable StoredRecord record) {
    if (!version.exists()) {
      return;
    }
    Write write = stamps.get(version);
    if (write == null) {
      throw new Violation("nobody wrote " + version);
    }
    if (record != null && !record.value().toUtf8().equals("w" + write.id)) {
      throw new Violation("%s has the value %s".formatted(write, record.value().toUtf8()));
    }
    seen.put(version, write);
  }

  private List<Write> acknowledged(Key key) {
    return acknowledged.getOrDefault(key, List.of());
  }

  // When all is over.

  /** What one owner holds when the hints are delivered, before any read repair. */
  void checkProvided(int owner, Key key, Version held) {
    provided.forEach(
        (version, owners) -> {
          Write write = stamps.get(version);
          if (write.key().equals(key) && owners.contains(owner) && version.isAfter(held)) {
            throw new Violation(
                "worker %d was given %s of %s, but holds %s"
                    .formatted(owner, version, write, held));
          }
        });
  }

  /** What one owner holds at the very end. */
  void checkFinal(int owner, Key key, @Nullable StoredRecord record) {
    Version held = record == null ? Version.NONE : record.version();
    checkWritten(held, record == null || record.isTombstone() ? null : record);
    for (Write write : acknowledged(key)) {
      if (write.version.isAfter(held)) {
        throw new Violation("worker %d holds %s, and has lost %s".formatted(owner, held, write));
      }
    }
  }

  /** Whatever was seen of a write may not win over what began after that write was over. */
  void checkSeen() {
    seen.forEach(
        (version, write) -> {
          if (write.fate == Fate.REFUSED) {
            throw new Violation("%s was refused, but was seen".formatted(write));
          }
          for (Write later : acknowledged(write.key())) {
            if (write.isAcknowledged() && mustWin(later, write) && version.isAfter(later.version)) {
              throw new Violation(
                  "%s came back as %s and shadows the later %s".formatted(write, version, later));
            }
          }
        });
  }

  int acknowledgedWrites() {
    return acknowledged.values().stream().mapToInt(List::size).sum();
  }

  int reads() {
    return reads;
  }
}
