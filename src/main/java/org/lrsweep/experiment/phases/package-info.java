/** The two phases of a run, range test and sweep: trained, shown, recorded. */
package org.lrsweep.experiment.phases;
