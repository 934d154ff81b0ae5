/** The deciding: which rows of the northbound database each object should have. Pure functions. */
@NullMarked
package dev.weft.vpc.topology;

import org.jspecify.annotations.NullMarked;
