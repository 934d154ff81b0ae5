@NullMarked
package dev.weft.ovsdb.notation;

import org.jspecify.annotations.NullMarked;
