/** HTTP/1.1 on a unix socket, as little of it as the CNI binary needs. */
@NullMarked
package dev.weft.node.http;

import org.jspecify.annotations.NullMarked;
