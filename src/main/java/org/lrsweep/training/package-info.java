/** The round engine: replicas on executors, averaging, the state between rounds. */
package org.lrsweep.training;
