package dev.rondo.heartbeat;

/**
 * What the controller's wall clock shows, by what it said once and the time that has passed since.
 *
 * @param earliest its wall clock at least, less the steady clock here
 * @param latest its wall clock at most, less the steady clock here
 */
record ControllerTime(long earliest, long latest) {

  /**
   * The controller has read its clock during the round trip that is over now.
   *
   * @param wallMillis what it showed
   * @param steadyMillis now, on the steady clock here
   */
  static ControllerTime said(long wallMillis, long roundTripMillis, long steadyMillis) {
    long latest = wallMillis + roundTripMillis - steadyMillis;
    return new ControllerTime(latest - roundTripMillis, latest);
  }

  /** How far it is ahead of the wall clock here, as little as what was measured allows. */
  long aheadMillis(long wallMillis, long steadyMillis) {
    long least = earliest + steadyMillis - wallMillis;
    long most = latest + steadyMillis - wallMillis;
    return least > 0 ? least : Math.min(0, most);
  }
}
