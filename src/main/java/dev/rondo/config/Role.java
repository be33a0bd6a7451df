package dev.rondo.config;

/** What a node is. */
public enum Role {
  CONTROLLER,
  WORKER
}
