/**
 * A strict, bounded JSON reader and writer without reflection: small enough for a native binary,
 * safe enough for hostile stdin.
 */
@NullMarked
package dev.weft.cni.json;

import org.jspecify.annotations.NullMarked;
