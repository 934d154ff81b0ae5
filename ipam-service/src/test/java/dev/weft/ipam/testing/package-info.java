/**
 * What the tests share: a PostgreSQL that can be killed, a relay and a broker that can misbehave.
 */
@NullMarked
package dev.weft.ipam.testing;

import org.jspecify.annotations.NullMarked;
