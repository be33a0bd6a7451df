/**
 * Who belongs to the cluster and what it agreed on ({@link dev.rondo.core.member.ClusterState}),
 * whom this worker holds for unreachable ({@link dev.rondo.core.member.Suspicions}) and the
 * controller for dead ({@link dev.rondo.core.member.FailureDetector}).
 */
@NullMarked
package dev.rondo.core.member;

import org.jspecify.annotations.NullMarked;
