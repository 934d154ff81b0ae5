/** RFC 7047 notation between bytes and Java values. Nothing here does I/O or knows a connection. */
@NullMarked
package dev.weft.ovsdb.notation;

import org.jspecify.annotations.NullMarked;
