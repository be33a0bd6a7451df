package dev.rondo.bus;

/** Asks this worker to compare what it holds with its peers: it was away. */
public enum CatchUp {
  NOW
}
