/** Container images, written as OCI image layouts without a container engine or a registry. */
@NullMarked
package dev.weft.lab.image;

import org.jspecify.annotations.NullMarked;
