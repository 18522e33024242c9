/**
 * Rounds on a Spark cluster: the driver's side, and the tasks. {@link
 * org.lrsweep.training.spark.RoundTransport} is where to begin reading.
 */
package org.lrsweep.training.spark;
