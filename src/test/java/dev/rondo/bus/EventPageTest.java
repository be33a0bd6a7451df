package dev.rondo.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.bus.ClusterEvent.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for operators and the program know the same events. */
class EventPageTest {

  /** The first two cells of a table row: kinds, and how bad they are. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\| ([^|]*(?:INFO|WARN|ERROR)[^|]*) \\|");

  private static final Pattern KIND = Pattern.compile("[a-z_]+");
  private static final Pattern LEVEL = Pattern.compile("INFO|WARN|ERROR");

  @Test
  void every_kind_is_described_with_its_levels_and_nothing_else() throws IOException {
    Map<String, Set<Level>> known =
        Arrays.stream(EventKind.values())
            .collect(Collectors.toMap(EventKind::word, EventPageTest::levels));
    assertThat(page()).isEqualTo(known);
  }

  @Test
  void only_a_worker_goes_offline_in_more_than_one_way() {
    assertThat(new ClusterEvent(EventKind.WORKER_OFFLINE, Level.ERROR, 1, "").level())
        .isEqualTo(Level.ERROR);
    assertThatThrownBy(() -> new ClusterEvent(EventKind.WORKER_ONLINE, Level.ERROR, 1, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<Level> levels(EventKind kind) {
    return Arrays.stream(Level.values()).filter(kind::canBe).collect(Collectors.toSet());
  }

  private static Map<String, Set<Level>> page() throws IOException {
    Map<String, Set<Level>> rows = new HashMap<>();
    ROW.matcher(Files.readString(Path.of("src/site/markdown/operations.md")))
        .results()
        .forEach(row -> kinds(row).forEach(kind -> put(rows, kind, levels(row))));
    return rows;
  }

  private static Set<String> kinds(MatchResult row) {
    return KIND.matcher(row.group(1)).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Set<Level> levels(MatchResult row) {
    return LEVEL
        .matcher(row.group(2))
        .results()
        .map(level -> Level.valueOf(level.group()))
        .collect(Collectors.toSet());
  }

  private static void put(Map<String, Set<Level>> rows, String kind, Set<Level> levels) {
    assertThat(rows.put(kind, levels)).as(kind).isNull();
  }
}
