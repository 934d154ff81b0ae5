/**
 * The few functions of the C library that netlink and namespaces need, called through the FFM API.
 */
@NullMarked
package dev.weft.netlink.libc;

import org.jspecify.annotations.NullMarked;
