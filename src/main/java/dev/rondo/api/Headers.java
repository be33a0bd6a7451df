package dev.rondo.api;

import io.vertx.core.http.HttpHeaders;

/** Header names and values that every answer uses, in the form in which they are cheap to send. */
final class Headers {

  static final CharSequence VERSION = HttpHeaders.createOptimized("X-Rondo-Version");
  static final CharSequence COORDINATOR = HttpHeaders.createOptimized("X-Rondo-Coordinator");
  static final CharSequence SERVER_TIMING = HttpHeaders.createOptimized("Server-Timing");
  static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  static final CharSequence CONTENT_DISPOSITION =
      HttpHeaders.createOptimized("Content-Disposition");
  static final CharSequence ATTACHMENT = HttpHeaders.createOptimized("attachment");
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

  private Headers() {}
}
