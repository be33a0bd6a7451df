package dev.rondo.http;

import io.vertx.core.http.HttpHeaders;

/** Header names and values that every answer uses, in the form in which they are cheap to send. */
public final class Headers {

  public static final CharSequence VERSION = HttpHeaders.createOptimized("X-Rondo-Version");
  public static final CharSequence COORDINATOR = HttpHeaders.createOptimized("X-Rondo-Coordinator");
  public static final CharSequence TRACE = HttpHeaders.createOptimized("X-Rondo-Trace");
  public static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("Server-Timing");
  public static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  public static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  public static final CharSequence CONTENT_DISPOSITION =
      HttpHeaders.createOptimized("Content-Disposition");
  public static final CharSequence ATTACHMENT = HttpHeaders.createOptimized("attachment");
  public static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
  public static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

  private Headers() {}
}
