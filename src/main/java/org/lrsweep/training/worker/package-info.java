/** What one worker does in one JVM: its replica, its steps, its report. */
package org.lrsweep.training.worker;
