/** Sending feeds to an AMQP 1.0 broker on the Vert.x AMQP client. */
@NullMarked
package dev.weft.bus.amqp;

import org.jspecify.annotations.NullMarked;
