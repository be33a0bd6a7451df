/** What is shared by the HTTP interfaces, in isolation. */
@NullMarked
package dev.rondo.http;

import org.jspecify.annotations.NullMarked;
