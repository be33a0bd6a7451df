package dev.rondo.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Repairing;
import dev.rondo.bus.Storing;
import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Member;
import dev.rondo.core.member.Quorums;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What differs for a moment only is no difference. */
class WritesUnderWayTest {

  private static final Key KEY = Key.of("key");

  private final Topology topology =
      new Topology(new ClusterState(1, 10, new Quorums(2, 1, 1), members()));
  private final TestNode zero = new TestNode(0, topology);
  private final TestNode one = new TestNode(1, topology);

  private static List<Member> members() {
    return List.of(Fixture.members(2));
  }

  @BeforeEach
  void start() {
    zero.storage.hasTrees = true;
    one.storage.hasTrees = true;
    zero.start();
    one.start();
    await().atMost(Duration.ofSeconds(20)).until(() -> zero.reaches(1));
    repair(1);
  }

  @AfterEach
  void stop() {
    zero.close();
    one.close();
  }

  private String repair(long order) {
    zero.bus().publish(Addresses.REPAIR_ORDERED, new Repairing.Order(order));
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                zero.events.stream()
                    .map(event -> event.text())
                    .filter(text -> text.contains("repair " + order + ", compared with Worker 1"))
                    .findFirst()
                    .orElse(""),
            text -> !text.isEmpty());
  }

  @Test
  void a_write_that_arrives_between_the_two_looks_is_not_sent() {
    StoredRecord record = Fixture.record(KEY, "value");
    zero.storage.records.put(KEY, record);
    one.storage.listed = () -> one.storage.records.put(KEY, record);
    assertThat(repair(2)).contains(": 0 differences found, 0 keys fetched and 0 sent");
    assertThat(one.storage.entries).noneMatch(Storing.Entry.Put.class::isInstance);
  }

  @Test
  void a_write_that_does_not_arrive_is_sent_after_the_second_look() {
    StoredRecord record = Fixture.record(KEY, "value");
    zero.storage.records.put(KEY, record);
    assertThat(repair(2)).contains(": 1 differences found, 0 keys fetched and 1 sent");
    assertThat(one.storage.records).containsEntry(KEY, record);
  }

  @Test
  void what_is_overwritten_meanwhile_is_sent_in_its_newest_version() {
    StoredRecord newer = StoredRecord.tombstone(KEY, Fixture.version(100));
    zero.storage.records.put(KEY, Fixture.record(KEY, "value"));
    zero.storage.listed = () -> zero.storage.records.put(KEY, newer);
    assertThat(repair(2)).contains("1 sent");
    assertThat(one.storage.records).containsEntry(KEY, newer);
  }
}
