/**
 * Makes the CustomResourceDefinitions of {@code deploy/k8s/crds} from the annotated records of the
 * kinds.
 */
@NullMarked
package dev.weft.kube.crd;

import org.jspecify.annotations.NullMarked;
