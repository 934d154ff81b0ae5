package dev.weft.net;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that exists once a family: the addresses of a port, the CIDRs of a subnet. What is read
 * from text has at least one of the two; {@link #none} is for networks in which others give the
 * addresses.
 *
 * @param v4 the IPv4 member, if any
 * @param v6 the IPv6 member, if any
 */
public record DualStack<T>(@Nullable T v4, @Nullable T v6) {

    /** Neither family. */
    public static <T> DualStack<T> none() {
        return new DualStack<>(null, null);
    }

    /** Whether there is neither family. */
    public boolean isEmpty() {
        return v4 == null && v6 == null;
    }

    /** Both families. */
    public static <T> DualStack<T> of(T v4, T v6) {
        return new DualStack<>(v4, v6);
    }

    /** One family only. */
    public static <T> DualStack<T> of(Family family, T member) {
        return family == Family.IPV4
                ? new DualStack<>(member, null)
                : new DualStack<>(null, member);
    }

    /**
     * One or two members, in any order.
     *
     * @throws IllegalArgumentException when there is none, or two of one family
     */
    public static <T> DualStack<T> of(Collection<T> members, Function<T, Family> familyOf) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("at least one family is needed");
        }
        T v4 = null;
        T v6 = null;
        for (T member : members) {
            Family family = familyOf.apply(member);
            T before = family == Family.IPV4 ? v4 : v6;
            if (before != null) {
                throw new IllegalArgumentException(
                        before
                                + " and "
                                + member
                                + " are both "
                                + family
                                + ": at most one a family is allowed");
            }
            if (family == Family.IPV4) {
                v4 = member;
            } else {
                v6 = member;
            }
        }
        return new DualStack<>(v4, v6);
    }

    /**
     * Reads {@code v4}, {@code v6} or {@code v4,v6} addresses; the order does not matter, blanks
     * around the comma are allowed.
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    public static DualStack<IpAddress> parseAddresses(String text) {
        return parse(text, IpAddress::parse, IpAddress::family);
    }

    /**
     * Reads one CIDR or one of each family; the order does not matter, blanks around the comma are
     * allowed.
     *
     * @throws IllegalArgumentException when the text is anything else; the message quotes it
     */
    public static DualStack<Cidr> parseCidrs(String text) {
        return parse(text, Cidr::parse, Cidr::family);
    }

    private static <T> DualStack<T> parse(
            String text, Function<String, T> one, Function<T, Family> familyOf) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return of(List.of(one.apply(text.strip())), familyOf);
        }
        return of(
                List.of(
                        one.apply(text.substring(0, comma).strip()),
                        one.apply(text.substring(comma + 1).strip())),
                familyOf);
    }

    public Optional<T> get(Family family) {
        return Optional.ofNullable(family == Family.IPV4 ? v4 : v6);
    }

    /** Which families are there. */
    public Set<Family> families() {
        var families = EnumSet.noneOf(Family.class);
        if (v4 != null) {
            families.add(Family.IPV4);
        }
        if (v6 != null) {
            families.add(Family.IPV6);
        }
        return families;
    }

    /** Whether both families are there. */
    public boolean isDual() {
        return v4 != null && v6 != null;
    }

    /** The members that are there, IPv4 first. */
    public Stream<T> stream() {
        return Stream.of(get(Family.IPV4), get(Family.IPV6)).flatMap(Optional::stream);
    }

    /** The same families with each member replaced. */
    public <R> DualStack<R> map(Function<? super T, ? extends R> change) {
        return new DualStack<>(
                v4 == null ? null : change.apply(v4), v6 == null ? null : change.apply(v6));
    }

    /** The members joined by a comma, IPv4 first: {@code 10.16.0.5,fd00:10:16::5}. */
    @Override
    public String toString() {
        return stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
