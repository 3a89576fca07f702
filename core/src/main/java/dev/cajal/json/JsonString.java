package dev.cajal.json;

/** A JSON string, escapes resolved. */
public record JsonString(String value) implements Json {}
