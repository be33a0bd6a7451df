package dev.rondo.controller;

/**
 * The times of the conversation with the workers, in milliseconds.
 *
 * @param beatMillis between two beats of a worker
 * @param offlineMillis of silence after which a worker is taken for dead
 * @param tickMillis between two looks at who is silent
 * @param decideMillis for the members to agree on a state
 */
record Pace(long beatMillis, long offlineMillis, long tickMillis, long decideMillis) {

  static final Pace USUAL = new Pace(3_000, 8_000, 500, 5_000);
}
