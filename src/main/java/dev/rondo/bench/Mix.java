package dev.rondo.bench;

/** The share of reads among the operations, 0 to 1. */
record Mix(double reads) {

  Mix {
    if (!(reads >= 0 && reads <= 1)) {
      throw new IllegalArgumentException("the share of reads is " + reads + ", allowed: 0 to 1");
    }
  }

  /** Reads {@code write}, {@code read} or {@code 95/5} (per cent of reads, then of writes). */
  static Mix parse(String text) {
    if (text.equals("write")) {
      return new Mix(0);
    }
    if (text.equals("read")) {
      return new Mix(1);
    }
    String[] shares = text.split("/", -1);
    if (shares.length != 2 || !isPercentage(shares[0]) || !isPercentage(shares[1])) {
      throw refused(text);
    }
    int reads = Integer.parseInt(shares[0]);
    int writes = Integer.parseInt(shares[1]);
    if (reads + writes != 100) {
      throw refused(text);
    }
    return new Mix(reads / 100.0);
  }

  private static boolean isPercentage(String share) {
    return share.matches("\\d{1,3}");
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "--mix is '" + text + "', allowed: write, read, or reads/writes that make 100, as 95/5");
  }
}
