/**
 * How workers' states travel from one round to the next: as raw bytes, from the JVM that trained
 * them straight to those that go on from them. On one host that is by files, else over Spark's own
 * block transfer.
 */
package org.lrsweep.training.state;
