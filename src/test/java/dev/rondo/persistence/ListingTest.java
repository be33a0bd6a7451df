package dev.rondo.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Listing;
import dev.rondo.bus.Storing;
import dev.rondo.core.record.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void open() {
    node = TestNode.in(data);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void keys_are_listed_in_order_and_deleted_ones_are_not() {
    node.store(Sample.put("b", 1, "x"), Sample.put("a", 1, "x"), Sample.put("c", 1, "x"));
    node.store(Sample.delete("b", 2));
    assertThat(rows(node.list("", Bytes.EMPTY, 100, false))).containsExactly("a", "c");
    assertThat(rows(node.list("", Bytes.EMPTY, 100, true))).containsExactly("a", "b", "c");
  }

  @Test
  void pages_hold_every_key_once() {
    List<String> keys = new ArrayList<>();
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 100; i < 150; i++) {
      keys.add("key-" + i);
      entries.add(Sample.put("key-" + i, 1, "x"));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
    assertThat(allRows(7, false)).isEqualTo(keys);
  }

  @Test
  void a_prefix_and_a_start_narrow_the_list() {
    node.store(
        Sample.put("a", 1, "x"),
        Sample.put("b1", 1, "x"),
        Sample.put("b2", 1, "x"),
        Sample.put("b3", 1, "x"),
        Sample.put("c", 1, "x"));
    assertThat(rows(node.list("b", Bytes.EMPTY, 100, false))).containsExactly("b1", "b2", "b3");
    assertThat(rows(node.list("b", Bytes.utf8("b2"), 100, false))).containsExactly("b2", "b3");
    assertThat(rows(node.list("b", Bytes.utf8("a"), 2, false))).containsExactly("b1", "b2");
    assertThat(node.list("b", Bytes.EMPTY, 3, false).next()).isNull();
  }

  @Test
  void hints_stand_behind_the_record_of_their_key_the_newest_for_each_owner() {
    node.store(
        Sample.put("b", 1, "x"),
        Sample.hint(2, "b", 1, "x"),
        Sample.hint(1, "b", 1, "x"),
        Sample.hint(1, "b", 2, "x"),
        Sample.hint(1, "a", 1, "x"),
        Sample.hint(3, "c", 1, "x"));
    assertThat(rows(node.list("", Bytes.EMPTY, 100, true)))
        .containsExactly("a for 1", "b", "b for 1", "b for 2", "c for 3");
    assertThat(rows(node.list("", Bytes.EMPTY, 100, false))).containsExactly("b");
  }

  @Test
  void that_is_so_for_a_hint_that_came_behind_a_newer_one() {
    node.store(Sample.hint(1, "a", 2, "x"));
    node.store(Sample.hint(1, "a", 1, "much longer"));
    List<Listing.Item> items = node.list("", Bytes.EMPTY, 100, true).items();
    assertThat(items)
        .singleElement()
        .extracting(item -> item.head().version())
        .isEqualTo(Sample.version(2));
  }

  @Test
  void pages_with_hints_hold_every_row_once() {
    List<Storing.Entry> entries = new ArrayList<>();
    for (int i = 100; i < 130; i++) {
      entries.add(Sample.put("key-" + i, 1, "x"));
      entries.add(Sample.hint(i % 4, "key-" + (i + 10), 1, "x"));
      entries.add(Sample.hint(4, "key-" + (i + 10), 1, "x"));
    }
    node.store(entries.toArray(Storing.Entry[]::new));
    List<String> expected = rows(node.list("", Bytes.EMPTY, 1000, true));
    assertThat(expected).hasSize(90).doesNotHaveDuplicates();
    assertThat(allRows(1, true)).isEqualTo(expected);
    assertThat(allRows(4, true)).isEqualTo(expected);
  }

  @Test
  void large_records_make_a_page_shorter() {
    String large = "x".repeat(3 << 20);
    for (int i = 0; i < 6; i++) {
      node.store(Sample.put("key-" + i, 1, large));
    }
    Listing.Listed first = node.list("", Bytes.EMPTY, 100, false);
    assertThat(first.items()).hasSizeLessThan(6);
    assertThat(allRows(100, false)).hasSize(6);
  }

  private List<String> allRows(int limit, boolean all) {
    List<String> rows = new ArrayList<>();
    Bytes from = Bytes.EMPTY;
    while (from != null) {
      Listing.Listed page = node.list("", from, limit, all);
      rows.addAll(rows(page));
      from = page.next();
    }
    return rows;
  }

  @Test
  void without_values_a_page_reads_past_large_ones_and_keeps_none() {
    String large = "v".repeat(200_000);
    node.store(Sample.put("a", 1, large), Sample.put("b", 1, "x"), Sample.put("c", 1, large));
    Listing.Page page = new Listing.Page(Bytes.EMPTY, Bytes.EMPTY, 10, Listing.Scope.LIVE, false);
    Listing.Listed listed = TestNode.await(node.ask(Addresses.LIST, page));
    assertThat(listed.items()).extracting(Listing.Item::record).containsOnlyNulls();
    assertThat(listed.items())
        .extracting(item -> item.head().size())
        .containsExactly(200_000L, 1L, 200_000L);
  }

  private static List<String> rows(Listing.Listed page) {
    return page.items().stream()
        .map(item -> item.key() + (item.hintFor() == null ? "" : " for " + item.hintFor()))
        .toList();
  }
}
