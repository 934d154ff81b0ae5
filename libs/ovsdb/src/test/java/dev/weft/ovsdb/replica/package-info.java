@NullMarked
package dev.weft.ovsdb.replica;

import org.jspecify.annotations.NullMarked;
