package dev.rondo.core.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The consistent-hash ring of a set of workers. Immutable; a lookup is one binary search and
 * allocates nothing, since the preference list of every arc is made in advance.
 */
public final class Ring {

  private static final double SPACE = 4294967296.0;

  private final List<Token> tokens;
  private final int[] positions;
  private final PreferenceList[] lists;

  private Ring(List<Token> tokens, int workers) {
    this.tokens = List.copyOf(tokens);
    this.positions = tokens.stream().mapToInt(Token::position).toArray();
    this.lists = new PreferenceList[positions.length];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = walk(i, workers);
    }
  }

  /** The ring of these workers with {@code vnodes} virtual nodes each. */
  public static Ring of(Collection<Integer> workers, int vnodes) {
    Set<Integer> distinct = new TreeSet<>(workers);
    if (distinct.isEmpty() || vnodes < 1) {
      throw new IllegalArgumentException(
          "a ring needs at least one worker and one virtual node, got %s with %d"
              .formatted(workers, vnodes));
    }
    List<Token> tokens = new ArrayList<>(distinct.size() * vnodes);
    for (int worker : distinct) {
      for (int vnode = 0; vnode < vnodes; vnode++) {
        tokens.add(new Token(Position.ofVirtualNode(worker, vnode), worker, vnode));
      }
    }
    Collections.sort(tokens);
    return new Ring(tokens, distinct.size());
  }

  /** The workers met from {@code position} on, clockwise. */
  public PreferenceList preferenceList(int position) {
    return lists[tokenAt(position)];
  }

  /** Every virtual node, in ring order. */
  public List<Token> tokens() {
    return tokens;
  }

  /** The share of the key space of which each worker is the primary, 0 to 1. */
  public Map<Integer, Double> shares() {
    Map<Integer, Double> shares = new TreeMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      int previous = positions[(i + positions.length - 1) % positions.length];
      long arc = tokens.size() == 1 ? 1L << 32 : Position.toLong(positions[i] - previous);
      shares.merge(tokens.get(i).worker(), arc / SPACE, Double::sum);
    }
    return shares;
  }

  private PreferenceList walk(int from, int workers) {
    Set<Integer> met = new LinkedHashSet<>();
    for (int i = 0; met.size() < workers; i++) {
      met.add(tokens.get((from + i) % tokens.size()).worker());
    }
    return new PreferenceList(met.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The first token at or after a position, wrapping past the last one. */
  private int tokenAt(int position) {
    int low = 0;
    int high = positions.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(positions[middle], position) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == positions.length ? 0 : low;
  }
}
