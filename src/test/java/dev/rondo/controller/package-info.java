/** The supervisor with real, tiny processes in the place of workers. */
@NullMarked
package dev.rondo.controller;

import org.jspecify.annotations.NullMarked;
