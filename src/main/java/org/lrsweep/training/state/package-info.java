/**
 * How workers' states travel from one round to the next: as raw bytes, from the JVM that trained
 * them straight to those that go on from them, over Spark's own block transfer. The only room that
 * uses what Spark does not publish.
 */
package org.lrsweep.training.state;
