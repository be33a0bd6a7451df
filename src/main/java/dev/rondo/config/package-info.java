/**
 * The configuration of one node: records that check themselves when they are made, so that an
 * instance that exists is valid. {@link dev.rondo.config.NodeConfig} holds all of it.
 *
 * <p>{@link dev.rondo.config.Setting} lists every setting, {@link dev.rondo.config.ConfigLoader}
 * reads them, {@link dev.rondo.config.ConfigDocument} writes them back. {@link
 * dev.rondo.config.NodeFolder} is the folder that a running node holds.
 */
@NullMarked
package dev.rondo.config;

import org.jspecify.annotations.NullMarked;
