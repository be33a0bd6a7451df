/** What tests of verticles need of the node around them. */
@NullMarked
package dev.rondo.bus;

import org.jspecify.annotations.NullMarked;
