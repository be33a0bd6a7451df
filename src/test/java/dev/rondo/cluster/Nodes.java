package dev.rondo.cluster;

import java.util.List;
import java.util.Set;

/** Workers that can be asked. */
interface Nodes {

  List<Integer> ids();

  String url(int worker);

  /** How many copies there should be of each key now. */
  int copies();

  /** Who owns the key where there are so many copies. */
  Set<Integer> owners(String key, int copies);

  /** Who owns the key now. */
  default Set<Integer> owners(String key) {
    return owners(key, copies());
  }

  default KvClient client(int worker) {
    return new KvClient(url(worker));
  }
}
