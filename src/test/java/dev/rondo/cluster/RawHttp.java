package dev.rondo.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they are, as no well-behaved client would. */
final class RawHttp {

  /** There was no answer: the connection was closed, or nothing came in time. */
  static final int NOTHING = 0;

  private static final Pattern STATUS = Pattern.compile("^HTTP/\\d\\.\\d (\\d{3}) ");

  private RawHttp() {}

  /** Sends, and returns the head of the answer; empty when there is none. */
  static String exchange(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        readHead(socket.getInputStream(), answer);
      } catch (SocketTimeoutException silence) {
        // What came until then is the answer.
      } catch (IOException reset) {
        // A server may refuse to read on, and what it said before that counts.
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** The status of an answer. */
  static int status(String answer) {
    Matcher matcher = STATUS.matcher(answer);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : NOTHING;
  }

  private static void readHead(InputStream in, ByteArrayOutputStream answer) throws IOException {
    int last = 0;
    int next = in.read();
    while (next >= 0) {
      answer.write(next);
      last = (last << 8) | next;
      if (last == 0x0d0a0d0a) {
        return;
      }
      next = in.read();
    }
  }
}
