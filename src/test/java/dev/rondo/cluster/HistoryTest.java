package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History();

  @Test
  void the_last_acknowledged_write_is_right() {
    history.write("k", "1", 10).ok(20);
    history.write("k", "2", 30).ok(40);
    history.read("k", 50).ok("2", 60);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void an_acknowledged_write_that_is_gone_is_a_violation() {
    history.write("k", "1", 10).ok(20);
    history.read("k", 30).ok(null, 40);
    assertThat(history.violations()).containsExactly("'k' was acknowledged and then not found");
  }

  @Test
  void a_write_that_was_rolled_back_is_a_violation() {
    history.write("k", "1", 10).ok(20);
    history.write("k", "2", 30).ok(40);
    history.read("k", 50).ok("1", 60);
    assertThat(history.violations()).containsExactly("'k' is 1 again after 2 was acknowledged");
  }

  @Test
  void a_read_during_a_write_may_see_either() {
    history.write("k", "1", 10).ok(20);
    history.write("k", "2", 30).ok(60);
    history.read("k", 40).ok("1", 50);
    history.read("k", 40).ok("2", 50);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void of_two_writes_at_once_either_may_stay() {
    history.write("k", "1", 10).ok(30);
    history.write("k", "2", 20).ok(40);
    history.read("k", 50).ok("1", 60);
    history.read("k", 50).ok("2", 60);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void an_unknown_write_may_show_up_late_or_never() {
    history.write("k", "1", 10).info("504");
    history.write("k", "2", 30).ok(40);
    history.read("k", 50).ok("2", 60);
    history.read("k", 70).ok("1", 80);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void a_refused_write_must_not_show_up() {
    history.write("k", "1", 10).fail("503", 20);
    history.read("k", 30).ok("1", 40);
    assertThat(history.violations()).containsExactly("'k' is 1, which was refused");
  }

  @Test
  void a_value_from_nowhere_or_from_the_future_is_a_violation() {
    history.read("k", 10).ok("x", 20);
    history.read("k", 10).ok("1", 20);
    history.write("k", "1", 30).ok(40);
    assertThat(history.violations()).hasSize(2).allMatch(text -> text.contains("nobody"));
  }

  @Test
  void what_is_under_way_may_be_seen_already() {
    history.write("k", "1", 10);
    history.read("k", 20).ok("1", 30);
    assertThat(history.violations()).isEmpty();
  }

  @Test
  void failures_are_counted_by_reason_and_keys_are_listed() {
    history.write("b", "1", 10).info("504");
    history.write("a", "2", 10).fail("503", 20);
    history.read("c", 10).fail("503", 20);
    assertThat(history.failures()).containsEntry("503", 2).containsEntry("504", 1).hasSize(2);
    assertThat(history.keys()).containsExactly("a", "b");
    assertThat(history.succeeded()).isZero();
  }
}
