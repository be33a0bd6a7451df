/**
 * What people and programs see of the controller: REST, the dashboard's files and its live feed.
 *
 * <p>Start at {@link dev.rondo.controller.web.WebVerticle}. It follows the cluster on the bus and
 * keeps {@link dev.rondo.controller.web.Board}, from which every snapshot comes, be it for {@code
 * GET /cluster} or for the browsers behind {@link dev.rondo.controller.web.Bridge}. Requests for
 * keys are handed to {@code controller.gateway}.
 */
@NullMarked
package dev.rondo.controller.web;

import org.jspecify.annotations.NullMarked;
