/** Rounds on a Spark cluster: the driver's side, and the tasks. */
package org.lrsweep.training.spark;
