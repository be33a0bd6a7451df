/**
 * The event log of the controller: {@link dev.rondo.controller.journal.JournalVerticle} numbers
 * what happens to the cluster, keeps it in a file and tells it again. What is worth an event is
 * decided by whoever publishes it.
 */
@NullMarked
package dev.rondo.controller.journal;

import org.jspecify.annotations.NullMarked;
