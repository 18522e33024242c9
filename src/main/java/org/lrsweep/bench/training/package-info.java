/** Measures what a round costs besides training, next to dl4j-spark's own parameter averaging. */
package org.lrsweep.bench.training;
