package dev.rondo.wire;

import dev.rondo.bus.Handover;
import dev.rondo.bus.Rolling;
import dev.rondo.bus.Roster;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.FailureDetector;
import dev.rondo.http.Socket;
import dev.rondo.proto.FromController;
import dev.rondo.proto.FromWorker;
import dev.rondo.proto.Report.Condition;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller's registry gives the next one. The calls of the workers stay as they are.
 *
 * @param firm whether the state was decided by anybody
 */
public record RegistryState(
    Socket socket,
    ClusterState state,
    boolean firm,
    FailureDetector detector,
    List<Row> rows,
    Rolling.@Nullable Progress rollout)
    implements Handover {

  public RegistryState {
    rows = List.copyOf(rows);
  }

  /**
   * What is known of one worker.
   *
   * @param call null while there is none
   */
  public record Row(
      Roster.Entry entry,
      boolean wasOffline,
      boolean leaving,
      boolean returning,
      @Nullable Condition condition,
      @Nullable GrpcServerRequest<FromWorker, FromController> call) {}
}
