/**
 * Merkle trees over what a worker holds, one for each arc of the ring, and how two workers find by
 * them what differs. Start with {@link dev.rondo.core.merkle.ArcTrees}.
 *
 * @see <a href="https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf">Dynamo,
 *     section 4.7</a>
 */
@NullMarked
package dev.rondo.core.merkle;

import org.jspecify.annotations.NullMarked;
