/**
 * Who belongs to the cluster and what it agreed on ({@link dev.rondo.core.member.ClusterState}),
 * and whom this worker holds for unreachable ({@link dev.rondo.core.member.Suspicions}).
 */
@NullMarked
package dev.rondo.core.member;

import org.jspecify.annotations.NullMarked;
