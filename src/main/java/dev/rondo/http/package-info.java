/**
 * What every HTTP interface of a node has in common: how requests are read and distrusted, how
 * failures are told ({@link dev.rondo.http.Problem}, {@link dev.rondo.http.ProblemCode}) and how
 * answers are written ({@link dev.rondo.http.Answers}). No routes: those are in {@code api} and in
 * {@code controller.web}.
 */
@NullMarked
package dev.rondo.http;

import org.jspecify.annotations.NullMarked;
