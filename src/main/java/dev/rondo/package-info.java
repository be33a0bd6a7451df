/** The node: its entry point and the root that puts the parts together. */
@NullMarked
package dev.rondo;

import org.jspecify.annotations.NullMarked;
