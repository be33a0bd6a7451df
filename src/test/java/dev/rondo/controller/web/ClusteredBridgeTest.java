package dev.rondo.controller.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.rondo.http.Doors;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real controller is clustered. Nothing of its HTTP side may show in Hazelcast. */
class ClusteredBridgeTest {

  private HazelcastInstance hazelcast;
  private TestController controller;

  @BeforeEach
  void start() {
    Config config = new Config("bridge-" + System.nanoTime());
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getMemberAttributeConfig().setAttribute("__vertx.nodeId", "controller");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    hazelcast = Hazelcast.newHazelcastInstance(config);
    controller =
        new TestController(
            TestController.await(
                Vertx.builder()
                    .withTransport(new Doors())
                    .withClusterManager(new HazelcastClusterManager(hazelcast))
                    .buildClustered()));
  }

  @AfterEach
  void stop() {
    controller.close();
    hazelcast.shutdown();
  }

  @Test
  void a_browser_that_watches_is_no_subscription_of_the_cluster() {
    assertThat(controller.vertx.isClustered()).isTrue();
    AtomicInteger received = new AtomicInteger();
    WebSocket socket =
        TestController.await(
            controller
                .vertx
                .createWebSocketClient()
                .connect(controller.port(), "127.0.0.1", "/eventbus/websocket"));
    socket.textMessageHandler(text -> received.incrementAndGet());
    socket.writeTextMessage("{\"type\":\"register\",\"address\":\"cluster_update\"}");
    controller.publish(Rosters.two());
    await().until(() -> received.get() > 0);
    assertThat(subscriptions()).isEmpty();
    TestController.await(
        controller.vertx.eventBus().consumer("cluster_update", message -> {}).completion());
    assertThat(subscriptions()).as("what would have shown").containsExactly("cluster_update");
  }

  private Set<Object> subscriptions() {
    return hazelcast.getMultiMap("__vertx.subs").keySet();
  }
}
