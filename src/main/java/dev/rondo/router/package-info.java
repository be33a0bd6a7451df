/**
 * The ring router: takes every client's read and write, coordinates it where this worker owns the
 * key and passes it on to an owner where it does not.
 *
 * <p>Start with {@link dev.rondo.router.WriteRouter}. The counting is in {@link
 * dev.rondo.core.quorum}, the disk and the peers are behind the bus; what lives here sends, waits
 * and answers.
 */
@NullMarked
package dev.rondo.router;

import org.jspecify.annotations.NullMarked;
