/**
 * The node: its entry point {@link dev.rondo.Rondo}, the root {@link dev.rondo.Node} that starts
 * its parts from the inside out, and {@code Parts}, the one place that names every verticle.
 *
 * <p><b>Where to start reading.</b> {@link dev.rondo.bus.Addresses} has every conversation between
 * verticles on one screen; {@code core.quorum.WriteRound} is what a quorum is; {@code
 * router.WriteRouter} is where both meet. Then {@code persistence.StoreWriter} for what durable
 * means, and {@code heartbeat} for what a worker knows of the others. {@code
 * src/site/markdown/architecture.md} has the rooms one by one, and each mechanism has a page.
 *
 * <p><b>The life of a PUT</b>
 *
 * <ol>
 *   <li>{@code api.KvRoutes} takes key, value and options out of the request and asks {@code
 *       WRITE}.
 *   <li>{@code router.WriteRouter} stamps a version, and forwards what others own.
 *   <li>{@code router.WriteCoordinator} has a {@code core.quorum.WriteRound} name the copies.
 *   <li>{@code replication} brings them to the peers, a batch for each turn of the event loop.
 *   <li>{@code persistence.StoreWriter} writes all that waits with one fsync, here and there.
 *   <li>Back in {@code router.WriteRun} each copy counts; the answer leaves at W, the rest goes on.
 * </ol>
 *
 * <p><b>Who may import whom.</b> {@code core} imports the JDK alone. {@code config}, {@code bus},
 * {@code http}, {@code membership}, {@code meters}, {@code time}, {@code vault} and {@code wire}
 * are what verticles share, and do not know them. The verticles, {@code api}, {@code router},
 * {@code replication}, {@code heartbeat}, {@code persistence} and {@code controller}, do not know
 * each other: they meet on the bus. Protobuf is seen by {@code wire}, {@code replication}, {@code
 * heartbeat} and {@code controller} only. Nobody imports this package, and there are no cycles. A
 * test, {@code ArchitectureTest}, holds all of it.
 */
@NullMarked
package dev.rondo;

import org.jspecify.annotations.NullMarked;
