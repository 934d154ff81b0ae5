package dev.weft.cni.binary.image;

import java.io.IOException;
import java.io.InputStream;

/** What comes in on a file descriptor. */
class FdInput extends InputStream {

    private final int fd;

    FdInput(int fd) {
        this.fd = fd;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("read through a buffer");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = Libc.transfer(buffer, offset, length, (at, count) -> Libc.read(fd, at, count));
        return read == 0 && length > 0 ? -1 : read;
    }
}
