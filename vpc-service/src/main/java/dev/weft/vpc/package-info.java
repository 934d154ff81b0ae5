/** VPCs, subnets and ports as logical routers, switches and ports of OVN. */
@NullMarked
package dev.weft.vpc;

import org.jspecify.annotations.NullMarked;
