package dev.rondo.core.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from the roots of two workers' trees down to the buckets that differ. At each level both
 * are asked for the children of those nodes that differed on the level above, and for no others: so
 * what is asked grows with what differs.
 */
public final class Descent {

  private final RingCut cut;
  private int level;
  private List<Integer> nodes;

  /** A descent that is to compare the roots of some arcs first. */
  public Descent(RingCut cut, List<Integer> arcs) {
    this.cut = cut;
    this.nodes = List.copyOf(arcs);
  }

  /** A descent from arcs whose roots are known to differ. */
  public static Descent below(RingCut cut, List<Integer> differing) {
    Descent descent = new Descent(cut, differing);
    descent.level = 1;
    return descent;
  }

  /** Whether nothing more is to be compared: nothing differs, or it is known which buckets do. */
  public boolean isOver() {
    return level > cut.depth() || nodes.isEmpty();
  }

  /** The level of the digests to compare next. */
  public int level() {
    return level;
  }

  /** Whose children are to be compared next; on level 0 the arcs themselves. */
  public List<Integer> parents() {
    return nodes;
  }

  /** Takes the digests of both sides; throws unless there is one for each node asked about. */
  public void compare(List<Long> mine, List<Long> theirs) {
    int each = level == 0 ? 1 : RingCut.FAN;
    if (mine.size() != nodes.size() * each || theirs.size() != mine.size()) {
      throw new IllegalArgumentException(
          "%d and %d digests of %d nodes".formatted(mine.size(), theirs.size(), nodes.size()));
    }
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      if (!mine.get(i).equals(theirs.get(i))) {
        differing.add(nodes.get(i / each) * each + i % each);
      }
    }
    nodes = List.copyOf(differing);
    level++;
  }

  /** The nodes that differ on the level compared last: once it is over, buckets. */
  public List<Integer> differing() {
    return nodes;
  }
}
