/** Tests that send packets through a whole lab. */
@NullMarked
package dev.weft.e2e;

import org.jspecify.annotations.NullMarked;
