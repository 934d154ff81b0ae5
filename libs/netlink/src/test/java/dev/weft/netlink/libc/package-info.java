@org.jspecify.annotations.NullMarked
package dev.weft.netlink.libc;
