/** A real ovsdb-server for tests of this and other modules (published as test-jar). */
@NullMarked
package dev.weft.ovsdb.testing;

import org.jspecify.annotations.NullMarked;
