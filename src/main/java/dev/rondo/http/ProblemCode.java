package dev.rondo.http;

import java.util.Locale;

/** Every way in which a request can fail, with its status: the only place with status codes. */
public enum ProblemCode {
  MALFORMED_REQUEST(400, "The request is not valid HTTP"),
  MALFORMED_BODY(400, "The body is not what the headers announce"),
  MALFORMED_HEADER(400, "A header cannot be understood"),
  MALFORMED_KEY(400, "The key cannot be understood"),
  KEY_TOO_LONG(400, "The key is too long"),
  MALFORMED_PARAMETER(400, "A parameter cannot be understood"),
  MALFORMED_JSON(400, "The body is not the JSON object that is wanted"),
  UNKNOWN_PARAMETER(400, "There is no such parameter"),
  LOCAL_ONLY(403, "Only the machine itself may do this"),
  FOREIGN_ORIGIN(403, "Pages of this origin are not welcome"),
  NOT_FOUND(404, "There is no such resource"),
  KEY_NOT_FOUND(404, "The key does not exist"),
  METHOD_NOT_ALLOWED(405, "The resource does not have this method"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  STALE_EPOCH(409, "The configuration has changed meanwhile"),
  CHANGE_IN_PROGRESS(409, "An earlier change is not over yet"),
  NOT_SUPERVISED(409, "The worker was not started by this controller"),
  RESTART_IN_PROGRESS(409, "A stop or a start is under way"),
  REDEPLOY_IN_PROGRESS(409, "A verticle is being replaced"),
  NOT_REPLACEABLE(409, "The verticle stays as long as the node"),
  NOTHING_TO_GO_BACK_TO(409, "The verticle was not replaced yet"),
  PRECONDITION_FAILED(412, "The condition does not hold"),
  VALUE_TOO_LARGE(413, "The value is too large"),
  URI_TOO_LONG(414, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body is of another type"),
  EXPECTATION_FAILED(417, "The expectation cannot be met"),
  IMPOSSIBLE_CONFIG(422, "This configuration is not possible"),
  UNUSABLE_JAR(422, "The jar cannot be used"),
  IMPOSSIBLE_PARAMETER(422, "A parameter is out of range"),
  UPGRADE_REQUIRED(426, "The resource needs another protocol"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL_ERROR(500, "The node has a bug"),
  UNKNOWN_TRANSFER_ENCODING(501, "The transfer encoding is not known"),
  NO_MAJORITY(503, "Too few members accepted the change"),
  QUORUM_UNAVAILABLE(503, "Too few workers are in reach"),
  UNAVAILABLE(503, "The node cannot answer now"),
  OVERLOADED(503, "The node is overloaded"),
  STORAGE_FAILED(503, "The storage has failed"),
  OUTCOME_UNKNOWN(504, "The write may or may not apply"),
  UNKNOWN_VERSION(505, "The version of HTTP is not known"),
  DISK_FULL(507, "The disk is full");

  private final int status;
  private final String title;
  private final String code;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
    this.code = name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Whether nothing was done and repeating soon may well help. */
  public boolean passes() {
    return switch (this) {
      case QUORUM_UNAVAILABLE, UNAVAILABLE, OVERLOADED -> true;
      default -> false;
    };
  }

  /** What it means, for people; the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The stable name for programs. */
  public String code() {
    return code;
  }
}
