package org.lrsweep.ingest;

import java.util.SortedMap;

/**
 * Rows of the training data that stay together: those of one value of {@code data.group}, or of
 * several that have equal features in common.
 *
 * @param number the lowest of its values' numbers
 * @param values how many values of the column it has
 * @param labels how many of its examples have each label
 */
record Group(long number, int values, SortedMap<String, Long> labels) {}
