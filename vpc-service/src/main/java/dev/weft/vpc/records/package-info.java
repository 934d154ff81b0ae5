/**
 * What is known of the cluster: copies of the feeds, and the subnets with their conflicts settled.
 */
@NullMarked
package dev.weft.vpc.records;

import org.jspecify.annotations.NullMarked;
