/** What this service writes to Kubernetes: the default objects and the status of VPCs. */
@NullMarked
package dev.weft.vpc.kubernetes;

import org.jspecify.annotations.NullMarked;
