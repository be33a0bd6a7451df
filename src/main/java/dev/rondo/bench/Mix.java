package dev.rondo.bench;

/** The share of reads among the operations, 0 to 1. */
record Mix(double reads) {

  Mix {
    if (!(reads >= 0 && reads <= 1)) {
      throw new IllegalArgumentException("the share of reads is " + reads + ", allowed: 0 to 1");
    }
  }

  /** Reads {@code write}, {@code read} or {@code 95/5} (reads, then writes). */
  static Mix parse(String text) {
    if (text.equals("write")) {
      return new Mix(0);
    }
    if (text.equals("read")) {
      return new Mix(1);
    }
    String[] shares = text.split("/", -1);
    if (shares.length != 2 || !shares[0].matches("\\d{1,6}") || !shares[1].matches("\\d{1,6}")) {
      throw new IllegalArgumentException(
          "'" + text + "', allowed: write, read or reads/writes such as 95/5");
    }
    double reads = Integer.parseInt(shares[0]);
    double writes = Integer.parseInt(shares[1]);
    return new Mix(reads / (reads + writes));
  }
}
