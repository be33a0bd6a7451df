package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listing that is streamed through the controller, while workers die. */
class GatewayListingIT {
  @RegisterExtension static final ControlledCluster cluster = new ControlledCluster();

  private static final int KEYS = 800;

  /** More than lies between a client that does not read and a worker that sends. */
  private static final String VALUE = "0123456789abcdef".repeat(1024);

  @Test
  void a_listing_is_whole_or_cut_off_when_a_worker_dies_in_the_middle() throws Exception {
    List<String> keys = IntStream.range(0, KEYS).mapToObj("list/%04d"::formatted).toList();
    Crowd.forEach(
        keys,
        key -> assertThat(cluster.controllerClient().put(key, VALUE).status()).isEqualTo(200));
    int whole = 0;
    for (int victim : cluster.ids()) {
      long pid = cluster.pid(victim);
      List<String> listed = new ArrayList<>();
      boolean ended = stream(listed, () -> cluster.kill9(victim));
      assertThat(listed).isEqualTo(keys.subList(0, ended ? KEYS : listed.size()));
      whole += ended ? 1 : 0;

      List<String> again = new ArrayList<>();
      assertThat(stream(again, () -> {})).as("whole without worker %d", victim).isTrue();
      assertThat(again).isEqualTo(keys);

      cluster.awaitReborn(victim, pid);
      cluster.awaitAllOnline();
    }
    assertThat(whole).as("listings that went on without one of the other workers").isPositive();
  }

  /** Whether it came to its end, after something has happened in the middle. */
  private static boolean stream(List<String> keys, Runnable happening) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(cluster.controllerUrl() + "/kv?prefix=list/&values=true"))
            .header("Accept", "application/x-ndjson")
            .timeout(Duration.ofSeconds(60))
            .build();
    try (InputStream body =
            HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keys.add(new JsonObject(line).getString("key"));
        if (keys.size() == KEYS / 10) {
          happening.run();
        }
      }
      return true;
    } catch (IOException cutOff) {
      return false;
    }
  }
}
