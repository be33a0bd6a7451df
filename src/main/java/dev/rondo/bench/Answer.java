package dev.rondo.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

/**
 * How a request ended.
 *
 * @param status of HTTP; 0 when there was no answer
 * @param label under which it is counted: the status, with the problem's code where there is one
 */
record Answer(int status, String label) {

  /** The most frequent one, shared. */
  static final Answer OK = new Answer(200, "200");

  /** An answer that says all with its status. */
  static Answer of(int status) {
    return status == 200 ? OK : new Answer(status, Integer.toString(status));
  }

  /** An answer whose body may name a problem's code. */
  static Answer of(int status, Buffer body) {
    try {
      String code = new JsonObject(body).getString("code");
      return code == null ? of(status) : new Answer(status, status + " " + code);
    } catch (DecodeException | ClassCastException notAProblem) {
      return of(status);
    }
  }

  /** No answer. */
  static Answer none(Throwable cause) {
    if (cause instanceof ConnectException) {
      return new Answer(0, "refused");
    }
    if (cause instanceof TimeoutException) {
      return new Answer(0, "timeout");
    }
    if (cause instanceof HttpClosedException) {
      return new Answer(0, "closed");
    }
    return new Answer(0, cause instanceof IOException ? "reset" : "broken");
  }

  boolean isOk() {
    return status >= 200 && status < 300;
  }
}
