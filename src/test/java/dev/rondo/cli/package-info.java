/** What the command line takes, refuses and prints. */
@NullMarked
package dev.rondo.cli;

import org.jspecify.annotations.NullMarked;
