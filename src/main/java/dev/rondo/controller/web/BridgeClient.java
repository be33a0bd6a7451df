package dev.rondo.controller.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser at the bridge. A message that is too long ends the connection; one that is wrong in
 * any other way gets an error with a reason. A browser that reads too slowly misses snapshots, of
 * which the next one is as good.
 */
final class BridgeClient {
  private static final Logger log = LoggerFactory.getLogger(BridgeClient.class);

  static final int MESSAGE_BYTES_MAX = 4096;

  private static final int REPLY_ADDRESS_MAX = 36;
  private static final int UPDATES_UNSENT_MAX = 2;
  private static final int ANSWERS_UNSENT_MAX = 16;

  private final SockJSSocket socket;
  private final Feed feed;
  private final Consumer<String> watcher = this::update;
  private boolean heard = true;
  private int unsent;

  BridgeClient(SockJSSocket socket, Feed feed) {
    this.socket = socket;
    this.feed = feed;
  }

  /** A message has come. */
  void received(Buffer data) {
    heard = true;
    if (data.length() > MESSAGE_BYTES_MAX) {
      log.debug("Bridge client cut off: bytes={} allowed={}", data.length(), MESSAGE_BYTES_MAX);
      socket.close();
      return;
    }
    try {
      handle(new JsonObject(data.toString()));
    } catch (DecodeException | ClassCastException malformed) {
      error("invalid_json");
    }
  }

  /** Whether it said anything since this was asked last. */
  boolean wasHeard() {
    boolean was = heard;
    heard = false;
    return was;
  }

  /** The browser has gone. */
  void closed() {
    feed.leave(watcher);
  }

  private void handle(JsonObject message) {
    String type = message.getString("type");
    if (type == null) {
      error("missing_type");
    } else if (type.equals("ping")) {
      send(new JsonObject().put("type", "pong"));
    } else if (message.getString("address") == null) {
      error("missing_address");
    } else {
      handle(type, message.getString("address"), message);
    }
  }

  private void handle(String type, String address, JsonObject message) {
    boolean known = address.equals(type.equals("send") ? Bridge.ASK : Bridge.UPDATE);
    switch (type) {
      case "register" -> {
        if (known) {
          feed.watch(watcher);
        } else {
          error("access_denied");
        }
      }
      case "unregister" -> {
        if (known) {
          feed.leave(watcher);
        } else {
          error("access_denied");
        }
      }
      case "send" -> {
        if (known) {
          reply(message.getString("replyAddress"));
        } else {
          error("access_denied");
        }
      }
      case "publish" -> error("access_denied");
      default -> error("invalid_type");
    }
  }

  private void reply(String to) {
    if (to == null || to.length() > REPLY_ADDRESS_MAX) {
      error("invalid_reply_address");
      return;
    }
    Optional<JsonObject> snapshot = feed.snapshot();
    if (snapshot.isPresent()) {
      send(new JsonObject().put("type", "rec").put("address", to).put("body", snapshot.get()));
    } else {
      send(
          new JsonObject()
              .put("type", "err")
              .put("address", to)
              .put("failureCode", -1)
              .put("failureType", "RECIPIENT_FAILURE")
              .put("message", "nothing is known of the cluster yet"));
    }
  }

  /** The text is made once for all browsers. */
  private void update(String snapshot) {
    if (unsent < UPDATES_UNSENT_MAX) {
      write("{\"type\":\"rec\",\"address\":\"" + Bridge.UPDATE + "\",\"body\":" + snapshot + "}");
    }
  }

  private void error(String reason) {
    send(new JsonObject().put("type", "err").put("body", reason));
  }

  /** Who asks and asks and reads nothing is sent away. */
  private void send(JsonObject message) {
    if (unsent < ANSWERS_UNSENT_MAX) {
      write(message.encode());
    } else {
      socket.close();
    }
  }

  /** SockJS's own queue is empty as soon as the WebSocket has it: the futures tell the truth. */
  private void write(String text) {
    unsent++;
    socket.write(text).onComplete(sent -> unsent--, lost -> unsent--);
  }
}
