package dev.rondo.api;

/** A request that is answered with a problem instead of what it asked for. */
final class Rejection extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Rejection(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Rejection(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  /** What the client is told. */
  Problem problem() {
    return problem;
  }
}
