package dev.rondo.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that talks to a running cluster: where it is, and how answers are shown. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", Exits.HELP})
abstract class ClientCommand implements Callable<Integer> {

  /** How an answer is shown. */
  enum Form {
    table,
    json
  }

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:RONDO_URL:-http://127.0.0.1:5000}",
      description = "the controller, or for keys any worker (RONDO_URL, http://127.0.0.1:5000)")
  private String url = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table or json (table)")
  private Form form = Form.table;

  // Replaced by the command line that this belongs to.
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Does it; what goes wrong is a {@link Refused}, an {@link IllegalArgumentException}, or with
   * files and the output an {@link IOException}.
   */
  abstract void run(Server server) throws Exception;

  @Override
  public Integer call() throws Exception {
    try {
      run(new Server(url));
      if (out().checkError()) {
        throw new IOException("the output cannot be written");
      }
      return Exits.OK;
    } catch (IllegalArgumentException impossible) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(impossible.getMessage()), impossible);
    } catch (Refused refused) {
      return fail(String.valueOf(refused.getMessage()), refused.exit());
    } catch (IOException failed) {
      return fail(Reasons.of(failed), Exits.FAILED);
    }
  }

  /** Refuses what no node takes, before one is asked. */
  static void require(String flag, @Nullable Number value, long least, long most) {
    if (value != null && (value.longValue() < least || value.longValue() > most)) {
      throw new IllegalArgumentException(
          "%s is %s, allowed: %s"
              .formatted(
                  flag,
                  value,
                  most == Long.MAX_VALUE ? least + " or more" : least + " to " + most));
    }
  }

  private int fail(String why, int exit) {
    err().println("rondo: " + why);
    err().flush();
    return exit;
  }

  boolean isJson() {
    return form == Form.json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Shows an object as JSON. */
  void show(JsonObject json) {
    out().println(json.encodePrettily());
    out().flush();
  }

  static JsonObject read(Server server, String path) {
    return json(server.get(path, Map.of()));
  }

  static JsonObject write(Server server, String method, String path, JsonObject body) {
    return json(
        server.send(
            method,
            path,
            BodyPublishers.ofByteArray(body.toBuffer().getBytes()),
            Map.of("Content-Type", "application/json")));
  }

  /** What a node says; whoever answers otherwise is none. */
  static JsonObject json(HttpResponse<byte[]> response) {
    try {
      return new JsonObject(Buffer.buffer(response.body()));
    } catch (DecodeException | ClassCastException foreign) {
      throw new Refused(
          Exits.FAILED, response.uri() + " has no answer in JSON; is --url that of a node?");
    }
  }
}
