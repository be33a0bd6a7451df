package dev.rondo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.architecture.SourceTree.Length;
import dev.rondo.bus.BusProtocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes, banned calls, and documents that tell the truth. */
class TidyTest {
  private static final Set<String> TOP_LEVEL =
      Set.of("pom.xml", "src", "proto", "webroot", "conf", "run.sh", "README.md", "LICENSE");

  /** Below this many lines a share of the whole says nothing. */
  private static final int LINES_FOR_SHARES = 6000;

  @Test
  void files_can_be_read_in_one_sitting() {
    List<Length> files = SourceTree.fileLengths();
    assertThat(longerThan(300, files)).as("files over 300 lines").isEmpty();
    assertThat(percentile(95, files))
        .as("95th percentile of file lengths")
        .isLessThanOrEqualTo(220);
    assertThat(percentile(50, files)).as("median of file lengths").isLessThanOrEqualTo(90);
  }

  @Test
  void no_file_dominates_the_code() {
    List<Length> files = SourceTree.fileLengths();
    int total = files.stream().mapToInt(Length::lines).sum();
    if (total > LINES_FOR_SHARES) {
      assertThat(longerThan(total / 20, files)).as("files with over 5 % of the code").isEmpty();
    }
  }

  @Test
  void methods_fit_on_a_screen() {
    List<Length> methods = SourceTree.methodLengths();
    assertThat(methods).isNotEmpty();
    assertThat(longerThan(50, methods)).as("methods over 50 lines").isEmpty();
    assertThat(percentile(95, methods))
        .as("95th percentile of method lengths")
        .isLessThanOrEqualTo(20);
  }

  @Test
  void nobody_sleeps() {
    assertThat(calls("\\bThread\\.sleep\\b", "")).isEmpty();
  }

  @Test
  void nobody_makes_a_vertx_with_a_folder_of_its_own() {
    assertThat(calls("\\bnew VertxOptions\\(\\)|\\bVertx\\.vertx\\(\\)", "config/PlainVertx"))
        .isEmpty();
  }

  @Test
  void only_the_command_line_prints() {
    assertThat(calls("\\bSystem\\.(out|err)\\b", "dev/rondo/(cli|bench)/")).isEmpty();
  }

  @Test
  void the_core_reads_no_clock() {
    String clocks =
        "\\bSystem\\.(currentTimeMillis|nanoTime)\\b|\\bInstant\\.now\\b|\\bClock\\.system";
    assertThat(calls(clocks, "dev/rondo/(?!core/)")).isEmpty();
  }

  @Test
  void every_package_is_null_marked_and_explained() {
    Set<Path> packages =
        SourceTree.files(SourceTree.MAIN, ".java").stream()
            .map(Path::getParent)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages)
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .isRegularFile()
                    .content()
                    .contains("@NullMarked")
                    .contains("/**"));
  }

  @Test
  void every_package_has_its_row_in_the_page_on_the_architecture() throws IOException {
    String page = SourceTree.text(Path.of("src/site/markdown/architecture.md"));
    try (Stream<Path> entries = Files.list(SourceTree.MAIN.resolve("dev/rondo"))) {
      assertThat(entries.filter(Files::isDirectory))
          .allSatisfy(room -> assertThat(page).contains("`dev.rondo." + room.getFileName() + "`"));
    }
  }

  @Test
  void documents_link_to_what_exists() {
    Pattern link = Pattern.compile("]\\((?![a-z]+:|#)([^)\\s#]+)[^)]*\\)");
    List<String> dead = new ArrayList<>();
    for (Path document : documents()) {
      Matcher matcher = link.matcher(withoutCode(SourceTree.text(document)));
      while (matcher.find()) {
        if (!Files.exists(document.resolveSibling(matcher.group(1)))) {
          dead.add(document + " -> " + matcher.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void every_command_in_the_readme_exists() {
    Matcher matcher =
        Pattern.compile("\\./run\\.sh ([a-z][a-z-]*)")
            .matcher(SourceTree.text(Path.of("README.md")));
    Set<String> known = knownCommands();
    while (matcher.find()) {
      assertThat(known).as("./run.sh " + matcher.group(1)).contains(matcher.group(1));
    }
  }

  @Test
  void the_page_on_redeploy_shows_the_protocol_that_is_spoken() {
    assertThat(SourceTree.text(Path.of("src/site/markdown/mechanisms/redeploy.md")))
        .contains("\"busProtocol\":" + BusProtocol.VERSION + ",");
  }

  @Test
  void the_top_level_holds_the_agreed_entries_only() throws Exception {
    assertThat(topLevel())
        .allSatisfy(
            name -> assertThat(name.startsWith(".") || TOP_LEVEL.contains(name)).as(name).isTrue());
  }

  private static List<String> longerThan(int lines, List<Length> lengths) {
    return lengths.stream()
        .filter(length -> length.lines() > lines)
        .map(length -> length.where() + ": " + length.lines() + " lines")
        .toList();
  }

  private static int percentile(int percent, List<Length> lengths) {
    int[] sorted = lengths.stream().mapToInt(Length::lines).sorted().toArray();
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  /** Places in main code that match, comments left out, except in paths that match the other. */
  private static List<String> calls(String banned, String exceptPath) {
    Pattern pattern = Pattern.compile(banned);
    Pattern except = Pattern.compile(exceptPath.isEmpty() ? "(?!)" : exceptPath);
    List<String> found = new ArrayList<>();
    for (Path file : SourceTree.files(SourceTree.MAIN, ".java")) {
      if (!except.matcher(file.toString()).find()) {
        List<String> lines = SourceTree.text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
          String line = lines.get(i).strip();
          boolean comment = line.startsWith("*") || line.startsWith("/*") || line.startsWith("//");
          if (!comment && pattern.matcher(line).find()) {
            found.add(file + ":" + (i + 1) + ": " + line);
          }
        }
      }
    }
    return found;
  }

  private static List<Path> documents() {
    List<Path> documents = new ArrayList<>(SourceTree.files(Path.of("src/site/markdown"), ".md"));
    documents.add(Path.of("README.md"));
    return documents;
  }

  private static String withoutCode(String markdown) {
    return markdown.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "");
  }

  /** The case labels of run.sh and the picocli commands of the jar. */
  private static Set<String> knownCommands() {
    Set<String> known = new TreeSet<>();
    Matcher labels =
        Pattern.compile("(?m)^  ([a-z-]+(?: \\| [a-z-]+)*)\\)$")
            .matcher(SourceTree.text(Path.of("run.sh")));
    while (labels.find()) {
      known.addAll(List.of(labels.group(1).split(" \\| ", -1)));
    }
    Pattern command = Pattern.compile("@Command\\([^)]*?\\bname\\s*=\\s*\"([a-z-]+)\"");
    for (Path file : SourceTree.files(SourceTree.MAIN, ".java")) {
      Matcher names = command.matcher(SourceTree.text(file));
      while (names.find()) {
        known.add(names.group(1));
      }
    }
    return known;
  }

  /** What git tracks; without git, what is there and is not made by a build or a run. */
  private static Set<String> topLevel() throws IOException, InterruptedException {
    if (Files.exists(Path.of(".git"))) {
      Process git =
          new ProcessBuilder("git", "-c", "safe.directory=*", "ls-files")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String tracked = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() == 0) {
        return tracked
            .lines()
            .map(path -> Path.of(path).getName(0).toString())
            .collect(Collectors.toSet());
      }
    }
    try (Stream<Path> entries = Files.list(Path.of(""))) {
      return entries
          .map(Path::toString)
          .filter(name -> !Set.of("target", "data").contains(name))
          .collect(Collectors.toSet());
    }
  }
}
