package dev.weft.kube;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a pod's traffic is slowed down; what is not said is {@code null}.
 *
 * @param ingressRate limit towards the pod, Mbit/s
 * @param egressRate limit from the pod, Mbit/s
 * @param ingressBurst Mbit; 0 is strict
 * @param egressBurst Mbit; 0 is strict
 * @param latency ms added towards the pod
 * @param jitter ms that the latency varies by
 * @param limit packets that wait at most
 * @param loss percent of packets lost towards the pod
 */
public record Shaping(
        @Nullable BigDecimal ingressRate,
        @Nullable BigDecimal egressRate,
        @Nullable BigDecimal ingressBurst,
        @Nullable BigDecimal egressBurst,
        @Nullable BigDecimal latency,
        @Nullable BigDecimal jitter,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal loss) {

    private static final BigDecimal LARGEST = BigDecimal.valueOf(10_000_000);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int LONGEST = 20;

    static Shaping read(AnnotationReader reader) {
        return new Shaping(
                rate(reader, Annotations.INGRESS_RATE),
                rate(reader, Annotations.EGRESS_RATE),
                number(reader, Annotations.INGRESS_BURST, "a number of Mbit, at least 0", LARGEST)
                        .orElse(null),
                number(reader, Annotations.EGRESS_BURST, "a number of Mbit, at least 0", LARGEST)
                        .orElse(null),
                number(reader, Annotations.LATENCY, "a number of milliseconds, at least 0", LARGEST)
                        .orElse(null),
                number(reader, Annotations.JITTER, "a number of milliseconds, at least 0", LARGEST)
                        .orElse(null),
                number(reader, Annotations.LIMIT, "a number of packets, at least 0", LARGEST)
                        .orElse(null),
                number(reader, Annotations.LOSS, "a percentage from 0 to 100", HUNDRED)
                        .orElse(null));
    }

    /** 0 is no limit, as the peer has it. */
    private static @Nullable BigDecimal rate(AnnotationReader reader, String key) {
        return number(reader, key, "a number of Mbit/s, at least 0", LARGEST)
                .filter(rate -> rate.signum() > 0)
                .orElse(null);
    }

    private static Optional<BigDecimal> number(
            AnnotationReader reader, String key, String allowed, BigDecimal largest) {
        return reader.read(
                key,
                allowed,
                text -> {
                    // a long exponent would make a number that takes minutes to print
                    if (text.length() > LONGEST
                            || text.indexOf('e') >= 0
                            || text.indexOf('E') >= 0) {
                        throw new IllegalArgumentException(text);
                    }
                    var number = new BigDecimal(text);
                    if (number.signum() < 0 || number.compareTo(largest) > 0) {
                        throw new IllegalArgumentException(text);
                    }
                    return number;
                });
    }
}
