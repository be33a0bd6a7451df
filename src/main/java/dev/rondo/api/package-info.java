/**
 * The REST interface of a worker: turns HTTP into questions on the bus and their outcomes into
 * HTTP; {@link dev.rondo.http.ProblemCode} lists every way in which that can fail.
 *
 * <p>Start at {@link dev.rondo.api.Gate}, through which every request comes. Requests for keys go
 * straight to {@link dev.rondo.api.KvRoutes}, on the raw path, because a router would normalise it;
 * all others go through a Vert.x Web router. A request that cannot be served is a {@link
 * dev.rondo.http.Rejection}, thrown where that is found out and answered in one place, {@link
 * dev.rondo.http.Answers}.
 */
@NullMarked
package dev.rondo.api;

import org.jspecify.annotations.NullMarked;
