/**
 * Whole clusters of real processes, one class a story. {@link dev.rondo.cluster.Cluster} starts and
 * ill-treats them, {@link dev.rondo.cluster.Load} keeps clients busy meanwhile, and {@link
 * dev.rondo.cluster.History} judges what the clients saw.
 */
@NullMarked
package dev.rondo.cluster;

import org.jspecify.annotations.NullMarked;
