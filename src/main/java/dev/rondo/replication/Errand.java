package dev.rondo.replication;

import io.vertx.core.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * In whose name an exchange is made.
 *
 * @param tally what was found and repaired
 * @param wanted when this turns false, the exchange ends with a failure
 * @param progress is run when more of it is done
 * @param manners completes when the next step may be taken
 */
record Errand(
    Tally tally, BooleanSupplier wanted, Runnable progress, Supplier<Future<?>> manners) {}
