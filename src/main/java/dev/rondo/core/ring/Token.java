package dev.rondo.core.ring;

import java.util.Comparator;

/** One virtual node: a worker's mark at a place on the ring. */
public record Token(int position, int worker, int vnode) implements Comparable<Token> {

  private static final Comparator<Token> ORDER =
      Comparator.<Token>comparingLong(token -> Position.toLong(token.position))
          .thenComparingInt(Token::worker)
          .thenComparingInt(Token::vnode);

  /** By place, then by worker, so that ties are the same everywhere. */
  @Override
  public int compareTo(Token other) {
    return ORDER.compare(this, other);
  }
}
