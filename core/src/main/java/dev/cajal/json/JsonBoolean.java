package dev.cajal.json;

/** JSON's {@code true} or {@code false}. */
public record JsonBoolean(boolean value) implements Json {}
