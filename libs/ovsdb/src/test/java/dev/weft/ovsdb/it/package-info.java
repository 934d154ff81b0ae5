/** Tests of the whole client against real servers, and against peers that misbehave. */
@NullMarked
package dev.weft.ovsdb.it;

import org.jspecify.annotations.NullMarked;
