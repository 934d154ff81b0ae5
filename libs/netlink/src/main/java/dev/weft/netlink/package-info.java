/** rtnetlink, network namespaces and link settings through the FFM API. */
@NullMarked
package dev.weft.netlink;

import org.jspecify.annotations.NullMarked;
