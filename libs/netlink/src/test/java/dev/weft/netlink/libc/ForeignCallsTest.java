package dev.weft.netlink.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForeignCallsTest {

    /** GraalVM makes a stub of each shape that is declared, and refuses the others at run time. */
    @Test
    void declaresTheShapeOfEveryCFunctionForNativeImages() throws Exception {
        String declared = metadata();
        int handles = 0;
        for (var field : Libc.class.getDeclaredFields()) {
            if (field.getType() == MethodHandle.class) {
                field.setAccessible(true);
                MethodType type = ((MethodHandle) field.get(null)).type();
                assertThat(declared).as(field.getName()).contains(shape(type));
                handles++;
            }
        }
        assertThat(handles).isPositive();
    }

    /** The first parameter is where errno is put. */
    private static String shape(MethodType type) {
        return "{\"returnType\": \""
                + name(type.returnType())
                + "\", \"parameterTypes\": ["
                + Arrays.stream(type.parameterArray())
                        .skip(1)
                        .map(parameter -> '"' + name(parameter) + '"')
                        .collect(Collectors.joining(", "))
                + "], \"options\": {\"captureCallState\": true";
    }

    private static String name(Class<?> type) {
        return type == MemorySegment.class ? "void*" : type.getName();
    }

    private static String metadata() throws IOException {
        var name = "/META-INF/native-image/dev.weft/weft-netlink/reachability-metadata.json";
        try (var in = Libc.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
