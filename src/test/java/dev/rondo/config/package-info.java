/** How settings are read, refused and written. */
@NullMarked
package dev.rondo.config;

import org.jspecify.annotations.NullMarked;
