package dev.rondo.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The paths that the sources give to routers. Routers themselves are out of reach of tests. */
final class SourceRoutes {

  private static final Pattern ROUTE =
      Pattern.compile("(?:\\.route\\(|view\\(\\s*router,)\\s*([^,)]+)[,)]");
  private static final Pattern TEXT = Pattern.compile("String (\\w+)\\s*=\\s*([^;]+);");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  private SourceRoutes() {}

  /** All of them, as {@code /node/verticles/{name}}. */
  static Set<String> all() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String room : List.of("api", "controller/web", "controller/gateway", "http")) {
      try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/rondo", room))) {
        for (Path source :
            sources.filter(one -> one.toString().matches(".*(?<!/Methods)[.]java")).toList()) {
          found.addAll(of(Files.readString(source)));
        }
      }
    }
    return found;
  }

  private static Set<String> of(String source) {
    Map<String, List<String>> texts = new HashMap<>();
    TEXT.matcher(source)
        .results()
        .forEach(text -> texts.put(text.group(1), literals(text.group(2))));
    Set<String> found = new TreeSet<>();
    ROUTE
        .matcher(source)
        .results()
        .flatMap(route -> paths(route.group(1), texts))
        .map(path -> path.replaceAll(":(\\w+)", "{$1}"))
        .forEach(found::add);
    return found;
  }

  /** All that a sum of texts can be. */
  private static Stream<String> paths(String sum, Map<String, List<String>> texts) {
    Stream<String> paths = Stream.of("");
    for (String term : sum.split("\\+", -1)) {
      String name = term.strip();
      List<String> values =
          name.startsWith("\"") ? literals(name) : texts.getOrDefault(name, List.of());
      if (values.isEmpty()) {
        throw new AssertionError("A path of a route cannot be read: " + sum);
      }
      paths = paths.flatMap(path -> values.stream().map(path::concat));
    }
    return paths;
  }

  /** One, or those that a choice is between. */
  private static List<String> literals(String text) {
    return LITERAL.matcher(text).results().map(one -> one.group(1)).toList();
  }
}
