/**
 * The node: its entry point {@link dev.rondo.Rondo} and the root that puts the parts together,
 * {@link dev.rondo.Node}. What a node is made of stands in {@code Parts}.
 */
@NullMarked
package dev.rondo;

import org.jspecify.annotations.NullMarked;
