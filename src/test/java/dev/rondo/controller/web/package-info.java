/** The HTTP side of the controller on free ports, with stubs of the registry on a real bus. */
@NullMarked
package dev.rondo.controller.web;

import org.jspecify.annotations.NullMarked;
