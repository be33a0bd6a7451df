@NullMarked
package dev.rondo.core.member;

import org.jspecify.annotations.NullMarked;
