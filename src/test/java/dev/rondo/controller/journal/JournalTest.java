package dev.rondo.controller.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.Events.Ask;
import dev.rondo.bus.Events.Logged;
import dev.rondo.bus.Events.Page;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final int KEPT_MAX = 10;

  @TempDir Path folder;
  private Path file;
  private Vertx vertx;
  private Bus bus;
  private String deployment;

  @BeforeEach
  void start() {
    file = folder.resolve("controller/events.ndjson");
    vertx = Vertx.vertx();
    bus = Bus.of(vertx);
    deploy();
  }

  @AfterEach
  void stop() {
    get(vertx.close());
  }

  @Test
  void events_are_numbered_and_told_newest_last() {
    report(3);
    assertThat(seqs(page(Ask.LATEST, 2))).containsExactly(2L, 3L);
    assertThat(seqs(page(0, 2))).containsExactly(1L, 2L);
    assertThat(seqs(page(2, 100))).containsExactly(3L);
    assertThat(seqs(page(3, 100))).isEmpty();
  }

  @Test
  void only_the_last_ones_are_kept() {
    report(25);
    Page page = page(0, 100);
    assertThat(seqs(page))
        .containsExactlyElementsOf(LongStream.rangeClosed(16, 25).boxed().toList());
    assertThat(page.oldest()).isEqualTo(16);
    assertThat(page.newest()).isEqualTo(25);
  }

  @Test
  void a_restart_goes_on_with_the_next_number() {
    report(4);
    Page before = page(0, 100);
    redeploy();
    assertThat(page(0, 100)).isEqualTo(before);
    report(1);
    assertThat(seqs(page(0, 100))).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void the_file_is_written_anew_now_and_then() throws IOException {
    report(95);
    get(vertx.undeploy(deployment));
    assertThat(Files.readAllLines(file)).hasSizeBetween(KEPT_MAX, 2 * KEPT_MAX);
    deploy();
    assertThat(page(0, 100).newest()).isEqualTo(95);
  }

  @Test
  void a_torn_last_line_is_left_out_and_does_not_spoil_the_next() throws IOException {
    report(3);
    get(vertx.undeploy(deployment));
    Files.writeString(file, "{\"seq\":4,\"at\":\"2026-", StandardOpenOption.APPEND);
    deploy();
    assertThat(seqs(page(0, 100))).containsExactly(1L, 2L, 3L);
    report(1);
    redeploy();
    assertThat(seqs(page(0, 100))).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void garbage_between_the_lines_is_left_out() throws IOException {
    report(2);
    get(vertx.undeploy(deployment));
    String text = Files.readString(file);
    Files.write(
        file,
        ("\u0000\u0001\n[]\n{}\n" + text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    deploy();
    assertThat(seqs(page(0, 100))).containsExactly(1L, 2L);
  }

  @Test
  void an_event_that_could_not_be_written_is_written_with_the_next() throws IOException {
    Path other = folder.resolve("other.ndjson");
    EventFile events = new EventFile(other, KEPT_MAX);
    events.load();
    events.append(event(1), List.of(event(1)));
    Files.delete(other);
    Files.createDirectory(other);
    assertThatThrownBy(() -> events.append(event(2), List.of(event(1), event(2))))
        .isInstanceOf(IOException.class);
    Files.delete(other);
    events.append(event(3), List.of(event(1), event(2), event(3)));
    assertThat(new EventFile(other, KEPT_MAX).load()).containsExactly(event(1), event(2), event(3));
  }

  private static Logged event(long seq) {
    return new Logged(
        seq, 1000 * seq, new ClusterEvent("config_changed", ClusterEvent.Level.WARN, null, "N=3"));
  }

  private void report(int count) {
    long last = page(Ask.LATEST, 1).newest() + count;
    for (int i = 0; i < count; i++) {
      bus.publish(
          Addresses.EVENT,
          new ClusterEvent(
              "worker_online", ClusterEvent.Level.INFO, i, "Worker " + i + " is back"));
    }
    await().until(() -> page(Ask.LATEST, 1).newest() == last);
  }

  private Page page(long since, int limit) {
    return get(bus.ask(Addresses.EVENTS, new Ask(since, limit), 2000));
  }

  private static List<Long> seqs(Page page) {
    return page.events().stream().map(Logged::seq).toList();
  }

  private void redeploy() {
    get(vertx.undeploy(deployment));
    deploy();
  }

  private void deploy() {
    deployment = get(vertx.deployVerticle(new JournalVerticle(file, bus, KEPT_MAX)));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
