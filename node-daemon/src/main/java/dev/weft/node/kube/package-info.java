/** What the daemon watches in Kubernetes: its node, its node's pods, and the subnets. */
@NullMarked
package dev.weft.node.kube;

import org.jspecify.annotations.NullMarked;
