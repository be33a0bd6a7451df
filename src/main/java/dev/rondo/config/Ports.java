package dev.rondo.config;

/** Where nodes listen unless told otherwise: the controller first, worker i right behind it. */
final class Ports {

  static final int HTTP = 5000;
  static final int GRPC = 6000;
  static final int MEMBERSHIP = 5700;

  private Ports() {}

  /** The port of a worker, given the controller's. */
  static int ofWorker(int controller, int id) {
    return controller + 1 + id;
  }
}
