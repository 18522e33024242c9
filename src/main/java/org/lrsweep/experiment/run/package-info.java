/** A run that has begun: its Spark, its data, its place in the output. */
package org.lrsweep.experiment.run;
