package dev.weft.cni.binary.image;

import java.io.IOException;
import java.io.OutputStream;

/** What goes out on a file descriptor, without a buffer. */
final class FdOutput extends OutputStream {

    private final int fd;

    FdOutput(int fd) {
        this.fd = fd;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; ) {
            written +=
                    Libc.transfer(
                            bytes,
                            offset + written,
                            length - written,
                            (at, count) -> Libc.write(fd, at, count));
        }
    }
}
