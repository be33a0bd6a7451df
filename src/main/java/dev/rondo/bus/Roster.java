package dev.rondo.bus;

import dev.rondo.core.member.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the controller knows it.
 *
 * @param controller who knows it
 * @param state the last one that a majority accepted
 * @param workers in order of id: every member, and whoever registered without being one
 * @param rollout the latest; null before the first
 */
public record Roster(
    Controller controller,
    ClusterState state,
    List<Entry> workers,
    Rolling.@Nullable Progress rollout) {

  public Roster {
    workers = List.copyOf(workers);
  }

  /**
   * A controller's registry, and how it judges.
   *
   * @param name made up when it started, until it ends
   * @param beatMillis how often it expects to hear of a worker
   * @param offlineMillis the silence after which it takes one for dead
   */
  public record Controller(String name, long beatMillis, long offlineMillis) {}

  /** Asks for it. */
  public enum Ask {
    NOW
  }

  /**
   * One worker.
   *
   * @param url where its REST interface is
   * @param sinceMillis when the status began
   * @param lastBeatMillis when it was last heard; 0 for never
   * @param running what it said when it registered; null before
   * @param report what it last said of itself; null before
   */
  public record Entry(
      int id,
      String url,
      WorkerStatus status,
      long sinceMillis,
      long lastBeatMillis,
      @Nullable Running running,
      @Nullable WorkerReport report) {}

  /** A worker's process. */
  public record Running(String version, long pid, long startedAtMillis) {}
}
