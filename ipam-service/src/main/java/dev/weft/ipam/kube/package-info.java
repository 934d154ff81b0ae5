/** What the service writes to Kubernetes: annotations, IP objects, subnets, events. */
@NullMarked
package dev.weft.ipam.kube;

import org.jspecify.annotations.NullMarked;
