package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Holding;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Bytes;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a worker holds and cannot read. */
class MendingTest {

  private static final String MARK = "a value to find";

  private final Member[] members = Fixture.members(4);
  private final List<RealWorker> workers = new ArrayList<>();

  @TempDir Path data;

  @AfterEach
  void stop() {
    workers.forEach(RealWorker::close);
  }

  private void start(int count, int copies) {
    Quorums quorums = new Quorums(copies, 1, 1);
    Topology topology =
        new Topology(new ClusterState(1, 10, quorums, List.of(members).subList(0, count)));
    for (int id = 0; id < count; id++) {
      workers.add(new RealWorker(id, topology, data).start());
    }
    workers.forEach(worker -> soon(worker::isCaughtUp));
  }

  private static Storing.Entry.Put put(String key, long millis) {
    Key made = Key.of(key);
    return new Storing.Entry.Put(
        made, StoredRecord.live(made, Version.of(millis, 0, 9), "", Bytes.utf8(MARK)));
  }

  private static void soon(Callable<Boolean> claim) {
    await().atMost(Duration.ofSeconds(30)).until(claim);
  }

  @Test
  void a_damaged_record_that_was_noticed_is_fetched_from_another_owner() throws IOException {
    start(3, 3);
    workers.forEach(worker -> worker.store(put("mark", 5)));
    damage(workers.get(1));
    assertThat(workers.get(1).holds("mark")).isInstanceOf(Holding.Answer.Unreadable.class);
    soon(() -> workers.get(1).holds("mark") instanceof Holding.Answer.Whole);
    assertThat(workers.get(1).holds("mark"))
        .isEqualTo(new Holding.Answer.Whole(put("mark", 5).record()));
    soon(
        () ->
            workers.get(1).events.stream()
                .anyMatch(event -> event.kind().equals("records_mended")));
  }

  @Test
  void an_owner_with_an_older_version_does_not_stand_in_the_way() throws IOException {
    start(3, 3);
    workers.get(0).store(put("mark", 4));
    workers.get(1).store(put("mark", 5));
    workers.get(2).store(put("mark", 5));
    damage(workers.get(1));
    assertThat(workers.get(1).holds("mark")).isInstanceOf(Holding.Answer.Unreadable.class);
    soon(() -> workers.get(1).holds("mark") instanceof Holding.Answer.Whole);
    assertThat(workers.get(1).holds("mark"))
        .isEqualTo(new Holding.Answer.Whole(put("mark", 5).record()));
  }

  @Test
  void a_surplus_copy_outlives_an_owner_whose_own_is_damaged() throws IOException {
    List<Integer> order =
        new Topology(new ClusterState(1, 10, new Quorums(1, 1, 1), List.of(members)))
            .preferenceList(Key.of("mark"))
            .owners(2);
    start(4, 1);
    RealWorker owner = workers.get(order.get(0));
    RealWorker stranger = workers.get(order.get(1));
    owner.store(put("mark", 5));
    damage(owner);
    stranger.store(put("mark", 5));
    stranger.change(new Topology(new ClusterState(2, 10, new Quorums(1, 1, 1), List.of(members))));
    workers.stream()
        .filter(worker -> worker != stranger)
        .forEach(
            worker ->
                worker.change(
                    new Topology(new ClusterState(2, 10, new Quorums(1, 1, 1), List.of(members)))));
    soon(() -> stranger.holds("mark") instanceof Holding.Answer.Nothing);
    assertThat(owner.holds("mark")).isEqualTo(new Holding.Answer.Whole(put("mark", 5).record()));
  }

  /** Flips a bit in the record "mark" of a worker that is stopped for it. */
  private void damage(RealWorker worker) throws IOException {
    worker.close();
    int flipped = 0;
    Path store = data.resolve("worker-" + worker.id).resolve("store");
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sst")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MARK);
        if (at >= 0) {
          bytes[at] ^= 1;
          Files.write(file, bytes);
          flipped++;
        }
      }
    }
    assertThat(flipped).isEqualTo(1);
    worker.start();
    soon(worker::isCaughtUp);
  }
}
