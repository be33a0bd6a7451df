package dev.rondo.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** A node did not do what it was asked for. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exit;

  Refused(int exit, String message) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /** In the words of the node, where it found some. */
  static Refused of(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String said = "status " + status;
    int exit = Exits.ofStatus(status);
    try {
      JsonObject problem = new JsonObject(Buffer.buffer(response.body()));
      said = problem.getString("detail", said) + " (" + problem.getString("code", said) + ")";
      exit = Boolean.TRUE.equals(problem.getValue("mayApply")) ? Exits.UNKNOWN : exit;
    } catch (DecodeException | ClassCastException foreign) {
      // Something between here and the node has answered; its status must do.
    }
    return new Refused(exit, said);
  }

  /** What the command ends with. */
  int exit() {
    return exit;
  }
}
