package dev.rondo.bench;

/**
 * What is done to which keys.
 *
 * @param keys how many there are
 * @param valueSize in bytes
 * @param w copies that a write waits for; 0 for the cluster's own setting
 * @param r owners that a read asks; 0 for the cluster's own setting
 */
record Workload(Mix mix, int keys, int valueSize, Distribution distribution, int w, int r) {

  Workload {
    Range.check("--keys", keys, 1, 1_000_000_000);
    Range.check("--value-size", valueSize, 0, 64 << 20);
    Range.check("--w", w, 0, 1000);
    Range.check("--r", r, 0, 1000);
  }

  /** The operation of this kind on the key with this number. */
  Operation operation(Kind kind, int key) {
    String path = "/kv/bench-" + key;
    if (kind == Kind.WRITE) {
      return new Operation(kind, w == 0 ? path : path + "?w=" + w);
    }
    return new Operation(kind, r == 0 ? path : path + "?r=" + r);
  }
}
