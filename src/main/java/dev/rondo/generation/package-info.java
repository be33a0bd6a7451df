/**
 * Verticles that are replaced while the node runs. An {@link dev.rondo.generation.Office} is what
 * one kind of verticle does in this node; one {@link dev.rondo.generation.Generation} holds it at a
 * time, and a {@link dev.rondo.generation.Succession} lets the next one follow. {@link
 * dev.rondo.generation.Steward} takes the wishes. Other code comes from a {@link
 * dev.rondo.generation.JarFolder}.
 *
 * <p>Nothing here knows any verticle: what it has to do is in {@link dev.rondo.bus.Replaceable}.
 */
@NullMarked
package dev.rondo.generation;

import org.jspecify.annotations.NullMarked;
