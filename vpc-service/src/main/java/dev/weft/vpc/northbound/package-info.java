/**
 * The acting: brings the northbound database to what the topology says, and tells where it differs.
 */
@NullMarked
package dev.weft.vpc.northbound;

import org.jspecify.annotations.NullMarked;
