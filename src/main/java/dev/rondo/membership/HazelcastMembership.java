package dev.rondo.membership;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.ClusterState;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.rondo.config.NodeConfig;
import dev.rondo.config.PlainVertx;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of Hazelcast's cluster, of which this node is one as long as it runs.
 *
 * <p>Nobody waits for that: to join may take until another node that hangs goes on. So it happens
 * on a thread of its own, again and again where it fails or Hazelcast ends by itself. The Vert.x
 * that it clusters is not the node's: no address and no message of the node can get there.
 *
 * <p>The native listener tells, not Vert.x's: that one speaks seconds later, or only when a stopped
 * process goes on.
 */
public final class HazelcastMembership extends VerticleBase implements Membership {

  private static final Logger log = LoggerFactory.getLogger(HazelcastMembership.class);

  private static final long AGAIN_MILLIS = 5_000;
  private static final long LATE_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 40_000;

  private final NodeConfig config;
  private final long lookMillis;
  private final List<WorkerListener> followers = new CopyOnWriteArrayList<>();
  private final WorkerListener listener =
      new WorkerListener(
          left -> tell(one -> one.left().accept(left)),
          joined -> tell(one -> one.joined().accept(joined)));
  private final Promise<Void> joined = Promise.promise();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable HazelcastInstance present;

  public HazelcastMembership(NodeConfig config) {
    this(config, LOOK_MILLIS);
  }

  /**
   * One that looks after its group more often.
   *
   * @param lookMillis between two looks
   */
  HazelcastMembership(NodeConfig config, long lookMillis) {
    this.config = config;
    this.lookMillis = lookMillis;
  }

  @Override
  public Runnable follow(IntConsumer left, IntConsumer joined) {
    WorkerListener follower = new WorkerListener(left, joined);
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  /** When this node has been a member for the first time, with a Vert.x that is clustered. */
  public Future<Void> joined() {
    return joined.future();
  }

  /** Fails when the port is taken, which no patience would mend. */
  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(
            () -> {
              complainIfTaken();
              return null;
            })
        .onSuccess(free -> begin());
  }

  private void complainIfTaken() throws IOException {
    int port = config.membership().port();
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(config.host()))) {
      log.debug("Free membership.port={}", probe.getLocalPort());
    } catch (IOException e) {
      throw new IOException("membership.port %s:%d".formatted(config.host(), port), e);
    }
  }

  private void begin() {
    Thread thread = new Thread(this::stayForEver, "rondo-membership");
    thread.setDaemon(true);
    thread.start();
    vertx.setTimer(
        LATE_MILLIS,
        timer -> {
          if (present == null) {
            log.warn("Not among Hazelcast's members yet, nothing waits for it; does a node hang?");
          }
        });
  }

  private void stayForEver() {
    try {
      do {
        try {
          stay(Hazelcast.newHazelcastInstance(HazelcastConfig.of(config, listener)));
        } catch (RuntimeException | UnknownHostException | LinkageError e) {
          log.debug("Hazelcast did not start", e);
          log.warn(
              "Not among Hazelcast's members again={}ms reason={}", AGAIN_MILLIS, e.getMessage());
        }
      } while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the node ends, or Hazelcast does, as where it fails to heal a split. */
  private void stay(HazelcastInstance hazelcast) throws InterruptedException {
    Future<Vertx> clustered = Future.failedFuture("not begun");
    try {
      CountDownLatch gone = new CountDownLatch(1);
      hazelcast.getLifecycleService().addLifecycleListener(event -> countEnd(event, gone));
      log.info("Among Hazelcast's members members={}", hazelcast.getCluster().getMembers().size());
      enter(hazelcast);
      clustered = clustered(hazelcast, config.host());
      clustered.onComplete(
          done -> joined.tryComplete(),
          failure -> log.warn("Hazelcast clusters no Vert.x reason={}", failure.getMessage()));
      boolean frozen = false;
      while (!gone.await(lookMillis, TimeUnit.MILLISECONDS)) {
        frozen = thaw(hazelcast.getCluster(), frozen);
      }
    } finally {
      // Also where it has ended by itself: then it is still kept somewhere.
      hazelcast.getLifecycleService().terminate();
      clustered.onSuccess(Vertx::close);
    }
    if (ended.getCount() > 0) {
      log.warn("Hazelcast has ended by itself again={}ms", AGAIN_MILLIS);
    }
  }

  private static void countEnd(LifecycleEvent event, CountDownLatch gone) {
    if (event.getState() == LifecycleState.SHUTDOWN) {
      gone.countDown();
    }
  }

  /**
   * Hazelcast freezes a group before it has it join another one, and a frozen one admits nobody.
   * Where nothing came of it, the group stays so.
   *
   * @param wasFrozen at the last look, which is longer ago than it takes to join
   */
  private static boolean thaw(Cluster cluster, boolean wasFrozen) {
    try {
      boolean frozen = cluster.getClusterState() == ClusterState.FROZEN;
      if (frozen && wasFrozen && cluster.getMembers().iterator().next().localMember()) {
        cluster.changeClusterState(ClusterState.ACTIVE);
        log.warn("Hazelcast's members admitted nobody, and do so again");
      }
      return frozen;
    } catch (RuntimeException e) {
      log.debug("The state of Hazelcast's members cannot be changed now", e);
      return wasFrozen;
    }
  }

  private void enter(HazelcastInstance hazelcast) {
    present = hazelcast;
    if (ended.getCount() == 0) {
      hazelcast.getLifecycleService().terminate();
    }
  }

  /**
   * Hazelcast is ended, not asked to leave: it holds nothing that its peers would miss. Nobody
   * waits for that either, for it may be busy with a node that hangs; one that is still joining
   * ends when it has joined, or with the process.
   */
  @Override
  public Future<?> stop() {
    ended.countDown();
    HazelcastInstance last = present;
    if (last != null) {
      Thread thread = new Thread(last.getLifecycleService()::terminate, "rondo-membership-end");
      thread.setDaemon(true);
      thread.start();
    }
    return Future.succeededFuture();
  }

  private void tell(Consumer<WorkerListener> news) {
    followers.forEach(news);
  }

  private static Future<Vertx> clustered(HazelcastInstance hazelcast, String host) {
    VertxOptions options =
        PlainVertx.options()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            // It may wait for a node that hangs.
            .setMaxWorkerExecuteTimeUnit(TimeUnit.DAYS)
            .setMaxWorkerExecuteTime(1);
    options.getEventBusOptions().setHost(host);
    return Vertx.builder()
        .with(options)
        .withClusterManager(new HazelcastClusterManager(hazelcast))
        .buildClustered();
  }
}
