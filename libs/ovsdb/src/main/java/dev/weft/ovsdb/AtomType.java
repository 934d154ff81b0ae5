package dev.weft.ovsdb;

import java.util.UUID;

/** The five atomic types of RFC 7047 section 3.1 and the Java classes that carry them. */
public enum AtomType {
    STRING("string", String.class, ""),
    INTEGER("integer", Long.class, 0L),
    REAL("real", Double.class, 0.0),
    BOOLEAN("boolean", Boolean.class, false),
    UUID("uuid", UUID.class, new UUID(0, 0));

    private final String word;
    private final Class<?> javaType;
    private final Object defaultValue;

    AtomType(String word, Class<?> javaType, Object defaultValue) {
        this.word = word;
        this.javaType = javaType;
        this.defaultValue = defaultValue;
    }

    /** The schema's word for the type, e.g. {@code integer}. */
    public String word() {
        return word;
    }

    /** The Java class of a value of this type. */
    public Class<?> javaType() {
        return javaType;
    }

    /** The value of a column that nobody set (RFC 7047 section 5.2.1). */
    public Object defaultValue() {
        return defaultValue;
    }

    /**
     * The type that the schema calls {@code word}.
     *
     * @throws IllegalArgumentException when no atomic type has that name
     */
    public static AtomType of(String word) {
        for (var type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown atomic type '" + word + "'");
    }
}
