/** The kinds of {@code kubeovn.io/v1}, as immutable records that keep fields they do not know. */
@NullMarked
package dev.weft.kube.v1;

import org.jspecify.annotations.NullMarked;
