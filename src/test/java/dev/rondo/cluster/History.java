package dev.rondo.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What clients did, and what they were told. Every value is written at most once, so a value that
 * is read names the write that it came from.
 *
 * <p>A read is right when it returns a write that may have happened, and that no acknowledged write
 * had replaced for good: no write that began after the returned one was acknowledged, and was
 * itself acknowledged before the read began. A write with an unknown outcome may happen at any time
 * after its start, or never; one that was refused may not happen at all.
 *
 * <p>Not for two threads at once.
 */
final class History {

  /** How an operation ended, as Jepsen has it. */
  enum Outcome {
    /** Still under way: nobody knows. */
    INVOKE,
    /** Done. */
    OK,
    /** Certainly not done. */
    FAIL,
    /** Perhaps done, perhaps done later. */
    INFO
  }

  /** One read or write. */
  final class Operation {
    private final String key;
    private final boolean write;
    private final long began;
    private long ended = Long.MAX_VALUE;
    private @Nullable String value;
    private Outcome outcome = Outcome.INVOKE;
    private String circumstances = "";

    private Operation(String key, boolean write, @Nullable String value, long nanos) {
      this.key = key;
      this.write = write;
      this.value = value;
      this.began = nanos;
    }

    /** The write is acknowledged. */
    void ok(long nanos) {
      end(Outcome.OK, nanos);
    }

    /** The read returned this; null for nothing there. */
    void ok(@Nullable String read, long nanos) {
      value = read;
      end(Outcome.OK, nanos);
    }

    /** It was refused, before it could take effect. */
    void fail(String reason, long nanos) {
      reasons.merge(reason, 1, Integer::sum);
      end(Outcome.FAIL, nanos);
    }

    /** Nobody knows what became of it: it never ends. */
    void info(String reason) {
      reasons.merge(reason, 1, Integer::sum);
      end(Outcome.INFO, Long.MAX_VALUE);
    }

    /** What else is worth knowing where it turns out wrong: who answered, when, how. */
    void noted(String noted) {
      circumstances = " (" + noted + ")";
    }

    private void end(Outcome how, long nanos) {
      outcome = how;
      ended = nanos;
    }

    /** Whether this one had ended for good when the other one began. */
    private boolean before(Operation other) {
      return outcome == Outcome.OK && ended < other.began;
    }
  }

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Integer> reasons = new TreeMap<>();

  /** A write begins. */
  Operation write(String key, String value, long nanos) {
    return add(new Operation(key, true, value, nanos));
  }

  /** A read begins. */
  Operation read(String key, long nanos) {
    return add(new Operation(key, false, null, nanos));
  }

  /** How many operations ended well. */
  long succeeded() {
    return operations.stream().filter(operation -> operation.outcome == Outcome.OK).count();
  }

  /** Why operations did not end well, and how often. */
  Map<String, Integer> failures() {
    return Map.copyOf(reasons);
  }

  /** Every key that somebody tried to write. */
  List<String> keys() {
    return operations.stream().filter(o -> o.write).map(o -> o.key).distinct().sorted().toList();
  }

  /** Every key of which a write was acknowledged. */
  List<String> written() {
    return operations.stream()
        .filter(o -> o.write && o.outcome == Outcome.OK)
        .map(o -> o.key)
        .distinct()
        .sorted()
        .toList();
  }

  /** A sentence for every read that is not right. */
  List<String> violations() {
    Map<String, List<Operation>> writes = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.write) {
        writes.computeIfAbsent(operation.key, none -> new ArrayList<>()).add(operation);
      }
    }
    List<String> violations = new ArrayList<>();
    for (Operation operation : operations) {
      if (!operation.write && operation.outcome == Outcome.OK) {
        String violation = judge(operation, writes.getOrDefault(operation.key, List.of()));
        if (violation != null) {
          violations.add(violation);
        }
      }
    }
    return violations;
  }

  private static @Nullable String judge(Operation read, List<Operation> writes) {
    if (read.value == null) {
      return writes.stream().anyMatch(write -> write.before(read))
          ? "'%s' was acknowledged and then not found".formatted(read.key)
          : null;
    }
    Operation source =
        writes.stream().filter(write -> read.value.equals(write.value)).findFirst().orElse(null);
    if (source == null || source.began > read.ended) {
      return "'%s' is %s, which nobody had written".formatted(read.key, read.value);
    }
    if (source.outcome == Outcome.FAIL) {
      return "'%s' is %s, which was refused".formatted(read.key, read.value);
    }
    return writes.stream()
        .filter(write -> source.before(write) && write.before(read))
        .findFirst()
        .map(
            write ->
                "'%s' is %s%s again after %s was acknowledged%s"
                    .formatted(
                        read.key, read.value, read.circumstances, write.value, write.circumstances))
        .orElse(null);
  }

  private Operation add(Operation operation) {
    operations.add(operation);
    return operation;
  }
}
