package dev.rondo.core.ring;

/** Preference lists for tests that need to know who stands where. */
public final class PreferenceLists {

  private PreferenceLists() {}

  /** These workers, in this order. */
  public static PreferenceList of(int... workers) {
    return new PreferenceList(workers.clone());
  }
}
