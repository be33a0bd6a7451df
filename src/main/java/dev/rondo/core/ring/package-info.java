/**
 * Who holds a key: the MD5 consistent-hash {@link dev.rondo.core.ring.Ring} with virtual nodes, and
 * the {@link dev.rondo.core.ring.PreferenceList} of every place on it.
 *
 * @see <a href="https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf">Dynamo,
 *     sections 4.2 and 4.3</a>
 */
@NullMarked
package dev.rondo.core.ring;

import org.jspecify.annotations.NullMarked;
