package dev.weft.net;

/** The two families of IP addresses. IPv4 comes first wherever both are listed. */
public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
        this.bits = bits;
    }

    /** Length of an address in bits: 32 or 128. */
    public int bits() {
        return bits;
    }

    /** Length of an address in bytes: 4 or 16. */
    public int bytes() {
        return bits / 8;
    }

    /** The name in prose and in Kubernetes objects: {@code IPv4} or {@code IPv6}. */
    @Override
    public String toString() {
        return this == IPV4 ? "IPv4" : "IPv6";
    }
}
