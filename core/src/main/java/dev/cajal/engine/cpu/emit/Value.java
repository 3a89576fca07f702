package dev.cajal.engine.cpu.emit;

/**
 * A value of the method that is being written: a local variable of it.
 *
 * @param kind what it is
 * @param uniform whether it is one number; else it is one a lane
 * @param local the number of the local variable
 */
public record Value(Kind kind, boolean uniform, int local) {}
