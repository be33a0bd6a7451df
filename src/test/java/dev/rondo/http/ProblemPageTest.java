package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for operators and the program know the same problems. */
class ProblemPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/operations.md");

  @Test
  void every_code_stands_in_the_row_of_its_status() throws IOException {
    String page = Files.readString(PAGE);
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(page)
          .containsPattern(
              "(?m)^\\| [0-9, ]*\\b" + code.status() + "\\b[^|]*\\|.*`" + code.code() + "`");
    }
  }

  @Test
  void no_other_codes_are_listed() throws IOException {
    Set<String> known =
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).collect(Collectors.toSet());
    Set<String> listed = new TreeSet<>();
    Pattern.compile("(?m)^\\| [0-9, ]+ \\|.*$")
        .matcher(Files.readString(PAGE))
        .results()
        .flatMap(row -> Pattern.compile("`([a-z]+(_[a-z]+)+)`").matcher(row.group()).results())
        .forEach(code -> listed.add(code.group(1)));
    assertThat(listed).isNotEmpty().isSubsetOf(known);
  }
}
