/** The HTTP interface: what would change, and what differs. */
@NullMarked
package dev.weft.vpc.rest;

import org.jspecify.annotations.NullMarked;
