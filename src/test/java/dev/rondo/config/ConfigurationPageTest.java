package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for operators and the program know the same settings. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/configuration.md");

  /** Cells of a table row: key, variable, default. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-zA-Z.]+)` \\| `(RONDO_[A-Z_]+)` \\| (.*?) \\|");

  @Test
  void every_setting_is_described_and_nothing_else() throws IOException {
    assertThat(rows().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::key).toList());
  }

  @Test
  void variables_and_fixed_defaults_are_those_of_the_program() throws IOException {
    Map<String, List<String>> rows = rows();
    for (Setting setting : Setting.values()) {
      List<String> row = rows.get(setting.key());
      assertThat(row.get(0)).isEqualTo(setting.variable());
      if (setting.hasFixedDefault()) {
        assertThat(row.get(1)).as(setting.key()).contains("`" + setting.fallbackText() + "`");
      }
    }
  }

  private static Map<String, List<String>> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> List.of(row.group(2), row.group(3))));
  }
}
