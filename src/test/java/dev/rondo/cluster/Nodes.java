package dev.rondo.cluster;

import java.util.List;
import java.util.Set;

/** Workers that can be asked. */
interface Nodes {

  List<Integer> ids();

  String url(int worker);

  /** Who owns the key now. */
  Set<Integer> owners(String key);

  default KvClient client(int worker) {
    return new KvClient(url(worker));
  }
}
