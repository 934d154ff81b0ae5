package dev.weft.cni.binary.image;

import dev.weft.cni.CniEnvironment;
import dev.weft.cni.binary.CniPlugin;
import java.util.HashMap;
import java.util.Map;

/** The program as a native executable; {@link dev.weft.cni.binary.Main} is the same on a JVM. */
public final class NativeMain {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private NativeMain() {}

    /** Takes no arguments: the specification passes everything in the environment and on stdin. */
    public static void main(String[] args) {
        Libc.exit(
                CniPlugin.run(
                        environment(),
                        new FdInput(STDIN),
                        new FdOutput(STDOUT),
                        LibcSocket::connect));
    }

    private static Map<String, String> environment() {
        var variables = new HashMap<String, String>();
        for (var name : CniEnvironment.VARIABLES) {
            var value = Libc.variable(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return variables;
    }
}
