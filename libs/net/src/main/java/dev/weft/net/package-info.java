/** IP addresses, CIDRs, ranges and MAC addresses: the only code in Weft that does address maths. */
@NullMarked
package dev.weft.net;

import org.jspecify.annotations.NullMarked;
