package dev.rondo.config;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a name that does not exist: the name, its value, and which one was meant, or
 * which ones there are when none is near.
 */
public final class Unknown {

  private static final String VARIABLES = "RONDO_";
  private static final int VALUE_CHARS = 80;

  private Unknown() {}

  /**
   * The line for a person to read.
   *
   * @param what kind and name with all that belongs to it, {@code flag --http.prot = '1'}
   * @param typed the name alone
   */
  public static String line(String what, String typed, Collection<String> names) {
    return line(what, typed, names, names);
  }

  /** The same, where {@code near} has more than is worth listing. */
  static String line(
      String what, String typed, Collection<String> near, Collection<String> allowed) {
    return "unknown "
        + what
        + Nearest.nearest(typed, near)
            .map(name -> "; did you mean " + name + "?")
            .orElseGet(() -> "; allowed: " + String.join(", ", choice(typed, allowed)));
  }

  /** {@code " = value"}, on one line and of bounded length; text in quotes. */
  public static String value(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\s+", " ");
    String shown = text.length() <= VALUE_CHARS ? text : text.substring(0, VALUE_CHARS) + "…";
    return " = " + (value instanceof String ? "'" + shown + "'" : shown);
  }

  /** The names of the same group, or else those that have none, and the groups. */
  private static Collection<String> choice(String typed, Collection<String> names) {
    String group = group(typed);
    List<String> same = names.stream().filter(name -> name.startsWith(group)).toList();
    if (!same.isEmpty()) {
      return same;
    }
    Set<String> all = new LinkedHashSet<>();
    names.forEach(name -> all.add(name.startsWith(group(name)) ? group(name) + "…" : name));
    return all;
  }

  /** {@code http.} of {@code http.port} and of {@code http}, {@code RONDO_HTTP_} of a variable. */
  private static String group(String name) {
    boolean variable = name.startsWith(VARIABLES);
    int end = variable ? name.indexOf('_', VARIABLES.length()) : name.indexOf('.');
    return end < 0 ? name + (variable ? "_" : ".") : name.substring(0, end + 1);
  }
}
