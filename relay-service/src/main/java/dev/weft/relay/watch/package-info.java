/** Lists and watches of the Kubernetes API, one a kind. */
@NullMarked
package dev.weft.relay.watch;

import org.jspecify.annotations.NullMarked;
