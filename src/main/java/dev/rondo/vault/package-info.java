/**
 * The store of a worker as far as it outlives the code that works with it: the claim on its folder
 * and the open database. Written in the engine's own types, because {@code persistence}, which
 * knows what is in the store, may be replaced by another version of itself while the store stays
 * open.
 *
 * <p>Start with {@link dev.rondo.vault.Vault}.
 */
@NullMarked
package dev.rondo.vault;

import org.jspecify.annotations.NullMarked;
