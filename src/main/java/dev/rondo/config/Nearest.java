package dev.rondo.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name that was probably meant: the one with the fewest slips of the pen in between, or else
 * the only one that ends alike, for a setting in another group.
 */
final class Nearest {

  private Nearest() {}

  static Optional<String> nearest(String typed, Collection<String> names) {
    int most = Math.max(2, typed.length() / 4);
    return names.stream()
        .filter(name -> distance(typed, name) <= most)
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()))
        .or(() -> elsewhere(typed, names));
  }

  private static Optional<String> elsewhere(String typed, Collection<String> names) {
    String last = lastPart(typed);
    List<String> alike = names.stream().filter(name -> lastPart(name).equals(last)).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance, upper and lower case being the same. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
