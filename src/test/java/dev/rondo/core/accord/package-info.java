/** Agreement on an epoch, told as stories and under any schedule. */
@NullMarked
package dev.rondo.core.accord;

import org.jspecify.annotations.NullMarked;
