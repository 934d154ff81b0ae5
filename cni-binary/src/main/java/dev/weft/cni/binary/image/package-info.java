/** The entry of the native executable: the plugin on the C library's own calls. */
@NullMarked
package dev.weft.cni.binary.image;

import org.jspecify.annotations.NullMarked;
