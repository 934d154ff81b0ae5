package dev.weft.cni.binary.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.SignedWord;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;
import org.jspecify.annotations.Nullable;

/**
 * The C library's functions that the executable calls. The image's compiler makes plain calls of
 * them: no JNI, no method handles. They only exist in an image.
 *
 * <p>Without a transition a thread that is in such a call cannot be stopped for a collection; there
 * is one thread, and nothing is collected.
 */
final class Libc {

    private static final int EINTR = 4;

    private Libc() {}

    /** What a call returns; -1 becomes an exception with errno's message. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;
        private final int errno;

        Failure(int errno, String message) {
            super(message);
            this.errno = errno;
        }

        boolean is(int expected) {
            return errno == expected;
        }
    }

    @FunctionalInterface
    interface Transfer {
        SignedWord bytes(PointerBase at, UnsignedWord length);
    }

    /** Moves bytes to or from part of an array; repeated when a signal interrupts it. */
    static int transfer(byte[] array, int offset, int length, Transfer transfer)
            throws IOException {
        try (var pinned = PinnedObject.create(array)) {
            while (true) {
                long moved =
                        transfer.bytes(
                                        pinned.addressOfArrayElement(offset),
                                        WordFactory.unsigned(length))
                                .rawValue();
                if (moved >= 0) {
                    return (int) moved;
                }
                int errno = errno().read();
                if (errno != EINTR) {
                    throw failure(errno);
                }
            }
        }
    }

    /** The exception for what went wrong last. */
    static Failure failure() {
        return failure(errno().read());
    }

    private static Failure failure(int errno) {
        return new Failure(errno, String.valueOf(text(strerror(errno))));
    }

    /** An environment variable, or null. */
    static @Nullable String variable(String name) {
        var bytes = new byte[name.length() + 1]; // with C's end of a string; names are ASCII
        for (int i = 0; i < name.length(); i++) {
            bytes[i] = (byte) name.charAt(i);
        }
        try (var pinned = PinnedObject.create(bytes)) {
            return text(getenv(pinned.addressOfArrayElement(0)));
        }
    }

    private static @Nullable String text(CCharPointer start) {
        if (start.isNull()) {
            return null;
        }
        int length = 0;
        while (start.read(length) != 0) {
            length++;
        }
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = start.read(i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @CFunction(value = "__errno_location", transition = Transition.NO_TRANSITION)
    private static native CIntPointer errno();

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native CCharPointer strerror(int errno);

    @CFunction(transition = Transition.NO_TRANSITION)
    private static native CCharPointer getenv(PointerBase name);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int socket(int domain, int type, int protocol);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int connect(int fd, PointerBase address, int length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int setsockopt(int fd, int level, int option, PointerBase value, int length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native SignedWord send(int fd, PointerBase bytes, UnsignedWord length, int flags);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native SignedWord read(int fd, PointerBase bytes, UnsignedWord length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native SignedWord write(int fd, PointerBase bytes, UnsignedWord length);

    @CFunction(transition = Transition.NO_TRANSITION)
    static native int close(int fd);

    /** Ends the process at once: there is nothing to flush and nobody to wait for. */
    @CFunction(value = "_exit", transition = Transition.NO_TRANSITION)
    static native void exit(int status);
}
