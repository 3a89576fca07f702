package dev.cajal.json;

/** JSON's {@code null}. */
public record JsonNull() implements Json {}
