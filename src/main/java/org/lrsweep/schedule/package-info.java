/**
 * Learning-rate schedules as pure functions of the step.
 *
 * <p>A step is one update of the parameters, counted from 0. Every schedule is an immutable value:
 * asking it for a step twice, or for steps out of order, changes nothing, so a resumed run needs
 * only its step to go on.
 */
package org.lrsweep.schedule;
