/**
 * A run's state on disk while it goes on: checkpoints that survive a crash, and who holds the run.
 */
package org.lrsweep.checkpoint;
