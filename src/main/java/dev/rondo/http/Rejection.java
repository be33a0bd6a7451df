package dev.rondo.http;

/** A request that is answered with a problem instead of what it asked for. */
public final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public Rejection(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Rejection(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}
