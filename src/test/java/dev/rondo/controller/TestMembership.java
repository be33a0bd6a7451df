package dev.rondo.controller;

import dev.rondo.membership.Membership;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;

/** A membership layer that notices what a test says. */
final class TestMembership implements Membership {
  private final List<IntConsumer> followers = new CopyOnWriteArrayList<>();

  @Override
  public Runnable follow(IntConsumer left, IntConsumer joined) {
    followers.add(left);
    return () -> followers.remove(left);
  }

  void departed(int worker) {
    followers.forEach(follower -> follower.accept(worker));
  }
}
