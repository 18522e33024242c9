/** The round engine for users of dl4j-spark: a training master like its own. */
package org.lrsweep.training.dl4j;
