/**
 * Networks for tables: {@link TableNetwork} learns from them, {@link TableModel} takes raw rows.
 */
@NullMarked
package dev.cajal.data.model;

import org.jspecify.annotations.NullMarked;
