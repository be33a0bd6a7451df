/** The event log with real files. */
@NullMarked
package dev.rondo.controller.journal;

import org.jspecify.annotations.NullMarked;
