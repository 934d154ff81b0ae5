package dev.weft.net;

/**
 * The text forms of addresses, read and written by hand in one pass: no regular expression, no host
 * name look-up.
 */
final class IpText {

    private static final String ALLOWED =
            "expected an IPv4 address such as 10.16.0.5 or an IPv6 address such as fd00:10:16::5";
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int GROUPS = 8;

    private IpText() {}

    static IpAddress parse(String text) {
        // the longest legal text has 45 characters; longer input is not looked at
        if (text.length() > 45) {
            throw refused(text);
        }
        return text.indexOf(':') >= 0
                ? parseV6(text)
                : new IpAddress(Family.IPV4, 0, parseV4(text, 0, text));
    }

    private static long parseV4(String text, int from, String whole) {
        long value = 0;
        int position = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0) {
                if (position >= text.length() || text.charAt(position) != '.') {
                    throw refused(whole);
                }
                position++;
            }
            int start = position;
            int number = 0;
            while (position < text.length()
                    && position - start < 3
                    && isDigit(text.charAt(position))) {
                number = number * 10 + text.charAt(position++) - '0';
            }
            boolean leadingZero = position - start > 1 && text.charAt(start) == '0';
            if (position == start || leadingZero || number > 255) {
                throw refused(whole);
            }
            value = value << 8 | number;
        }
        if (position != text.length()) {
            throw refused(whole);
        }
        return value;
    }

    private static IpAddress parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1; // where "::" stands, counted in groups
        int position = 0;
        int length = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            position = 2;
        }
        while (position < length) {
            if (count == GROUPS) {
                throw refused(text);
            }
            int start = position;
            int number = 0;
            int digit;
            while (position < length
                    && position - start < 4
                    && (digit = hexValue(text.charAt(position))) >= 0) {
                number = number << 4 | digit;
                position++;
            }
            if (position < length && text.charAt(position) == '.') {
                if (count > GROUPS - 2) {
                    throw refused(text);
                }
                long v4 = parseV4(text, start, text);
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) (v4 & 0xffff);
                break;
            }
            if (position == start) {
                throw refused(text);
            }
            groups[count++] = number;
            if (position == length) {
                break;
            }
            if (text.charAt(position++) != ':') {
                throw refused(text);
            }
            if (position < length && text.charAt(position) == ':') {
                if (gap >= 0) {
                    throw refused(text);
                }
                gap = count;
                position++;
            } else if (position == length) {
                throw refused(text);
            }
        }
        return assemble(groups, count, gap, text);
    }

    private static IpAddress assemble(int[] groups, int count, int gap, String text) {
        // "::" stands for at least one group (RFC 4291, 2.2)
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            throw refused(text);
        }
        long high = 0;
        long low = 0;
        int missing = GROUPS - count;
        for (int i = 0; i < GROUPS; i++) {
            int group =
                    gap < 0 || i < gap ? groups[i] : i < gap + missing ? 0 : groups[i - missing];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return new IpAddress(Family.IPV6, high, low);
    }

    static String format(IpAddress address) {
        var out = new StringBuilder(39);
        if (address.family() == Family.IPV4) {
            appendV4(out, address.low());
        } else if (address.high() == 0 && address.low() >>> 32 == 0xffff) {
            appendV4(out.append("::ffff:"), address.low() & 0xffffffffL); // RFC 5952, 5
        } else {
            appendV6(out, address.high(), address.low());
        }
        return out.toString();
    }

    private static void appendV4(StringBuilder out, long value) {
        out.append(value >>> 24)
                .append('.')
                .append(value >>> 16 & 0xff)
                .append('.')
                .append(value >>> 8 & 0xff)
                .append('.')
                .append(value & 0xff);
    }

    /**
     * RFC 5952: no leading zeros, lower case, the first of the longest runs of two or more zero
     * groups shortened.
     */
    private static void appendV6(StringBuilder out, long high, long low) {
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(high, low, i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapStart = i;
                gapLength = run;
            }
            i += run;
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                out.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && i != gapStart + gapLength || i > 0 && gapStart < 0) {
                out.append(':');
            }
            appendHex(out, group(high, low, i));
        }
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - (index & 3) * 16)) & 0xffff;
    }

    private static void appendHex(StringBuilder out, int group) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 0xf;
            if (digit != 0 || started || shift == 0) {
                out.append(HEX[digit]);
                started = true;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * The value of an ASCII hexadecimal digit, or -1; {@link Character#digit} would also take other
     * scripts' digits.
     */
    static int hexValue(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return c < 128 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "\"" + quoted(text) + "\" is not an IP address: " + ALLOWED);
    }

    /** Input for a message: cut when it is long, control characters shown as dots. */
    static String quoted(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 64); i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? '.' : c);
        }
        return text.length() > 64 ? out.append('…').toString() : out.toString();
    }
}
