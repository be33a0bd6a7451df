package dev.rondo.bench;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A stream of operations for one event loop. */
interface Source {

  /** The next operation; null when there is none left. */
  @Nullable Operation next();

  /** At most {@code count} operations by the workload's mix and distribution. */
  static Source random(Workload workload, long count, long seed) {
    return new Source() {
      private final SplittableRandom random = new SplittableRandom(seed);
      private final Distribution.Chooser keys = workload.distribution().over(workload.keys());
      private long left = count;

      @Override
      public @Nullable Operation next() {
        if (left-- <= 0) {
          return null;
        }
        boolean reads = random.nextDouble() < workload.mix().reads();
        return workload.operation(reads ? Kind.READ : Kind.WRITE, keys.next(random));
      }
    };
  }

  /** A write to every key from {@code first} in steps of {@code step}. */
  static Source everyKey(Workload workload, int first, int step) {
    IntFunction<Operation> write = key -> workload.operation(Kind.WRITE, key);
    return new Source() {
      private long key = first;

      @Override
      public @Nullable Operation next() {
        if (key >= workload.keys()) {
          return null;
        }
        Operation operation = write.apply((int) key);
        key += step;
        return operation;
      }
    };
  }
}
