package dev.cajal.report;

import java.time.ZonedDateTime;

/**
 * Which run it is.
 *
 * @param title what is learned from what, such as {@code species from iris.csv}
 * @param name of the run, which its folder has
 * @param date when it began
 * @param version of the software
 * @param status how it ended
 */
public record Run(String title, String name, ZonedDateTime date, String version, Status status) {}
