/** The Kubernetes side of the public API: kinds, annotations, and trimmed views of core objects. */
@NullMarked
package dev.weft.kube;

import org.jspecify.annotations.NullMarked;
