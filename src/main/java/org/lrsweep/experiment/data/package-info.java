/** A run's data on its executors: a set with a name, or a user's own. */
package org.lrsweep.experiment.data;
