/**
 * The lab's AMQP broker: embedded Artemis in a process of its own, with a switch that mistreats
 * messages.
 */
@NullMarked
package dev.weft.lab.broker;

import org.jspecify.annotations.NullMarked;
