/**
 * The counting and choosing of the coordinators: {@link dev.rondo.core.quorum.WriteRound} decides
 * to whom copies and hints go and when a write may be answered, {@link
 * dev.rondo.core.quorum.ReadRound} does the same for reads. Nothing here waits, sends or reads a
 * clock, so that a test can run thousands of rounds a second in any order of events.
 *
 * @see <a href="https://www.allthingsdistributed.com/files/amazon-dynamo-sosp2007.pdf">Dynamo,
 *     sections 4.5 and 4.6</a>
 */
@NullMarked
package dev.rondo.core.quorum;

import org.jspecify.annotations.NullMarked;
