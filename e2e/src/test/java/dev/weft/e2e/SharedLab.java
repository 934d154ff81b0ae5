package dev.weft.e2e;

import dev.weft.lab.Lab;
import dev.weft.lab.LabDown;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabSpec;
import dev.weft.lab.LabUp;
import dev.weft.lab.NativeParts;
import dev.weft.lab.Progress;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the lab: three nodes, started before the first test that asks for it and removed
 * after the last, whatever came of them. {@code weft.e2e.lab} is its name, {@code e2e} where not
 * said; {@code weft.e2e.keep=true} leaves it up for a look ({@code WEFT_LAB=e2e ./weft status});
 * {@code weft.native=cni=/path,…} says which of our programs run as native executables.
 */
final class SharedLab implements ParameterResolver {
    static final LabLayout LAYOUT = new LabLayout(System.getProperty("weft.e2e.lab", "e2e"));

    private static final Namespace STORE = Namespace.create(SharedLab.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent("lab", _ -> new Running(start()), Running.class)
                .lab();
    }

    private static Lab start() {
        LabDown.down(LAYOUT);
        System.out.println("Starting the lab of the end-to-end tests in " + LAYOUT.dir());
        System.out.println("Our programs are " + NativeParts.asked().words());
        return LabUp.up(
                LAYOUT, new LabSpec(3, LabSpec.Kube.ofTests(), true), Progress.to(System.out));
    }

    /** The lab as something that JUnit closes at the end. */
    private record Running(Lab lab) implements AutoCloseable {
        @Override
        public void close() {
            lab.close();
            if (!Boolean.getBoolean("weft.e2e.keep")) {
                LabDown.down(LAYOUT);
            }
        }
    }
}
