/**
 * The configuration of one node: records that check themselves when they are made, so that an
 * instance that exists is valid. {@link dev.rondo.config.NodeConfig} holds all of it.
 */
@NullMarked
package dev.rondo.config;

import org.jspecify.annotations.NullMarked;
