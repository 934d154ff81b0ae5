/** Netlink messages and attributes as bytes: written and read without any system call. */
@NullMarked
package dev.weft.netlink.wire;

import org.jspecify.annotations.NullMarked;
