/**
 * The storage of one worker, in RocksDB.
 *
 * <p>{@link dev.rondo.persistence.PersistenceVerticle} answers on the bus; nothing that may block
 * runs on its event loop. One thread writes ({@link dev.rondo.persistence.StoreWriter}): it takes
 * everything that waits, decides by version, and makes it durable with one fsync. A few threads
 * look up single keys, one more walks over many. What is stored where says {@link
 * dev.rondo.persistence.Layout}; how a damaged store is set aside, {@link
 * dev.rondo.persistence.StoreFolder}.
 */
@NullMarked
package dev.rondo.persistence;

import org.jspecify.annotations.NullMarked;
