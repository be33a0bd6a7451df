package dev.rondo.core.member;

/** A worker of the cluster and where it listens. */
public record Member(int id, String host, int httpPort, int grpcPort) {

  /** The highest worker id. */
  public static final int ID_MAX = 9999;

  public Member {
    if (id < 0 || id > ID_MAX) {
      throw new IllegalArgumentException("worker id " + id + ", allowed are 0 to " + ID_MAX);
    }
  }

  /** What people call it: {@code Worker 2}. */
  public String name() {
    return "Worker " + id;
  }

  /** Where its REST interface is. */
  public String url() {
    return "http://" + host + ":" + httpPort;
  }
}
