/**
 * The command line: {@link dev.rondo.cli.CommandLines} lists the commands, {@link
 * dev.rondo.cli.NodeCommand} reads a configuration and starts the node that it describes, {@link
 * dev.rondo.cli.ClientCommands} lists those that talk to a running cluster. Whatever is wrong with
 * the arguments is one line on the error stream and exit code 2.
 */
@NullMarked
package dev.rondo.cli;

import org.jspecify.annotations.NullMarked;
