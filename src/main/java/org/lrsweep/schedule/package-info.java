/** Learning-rate schedules as pure functions of the step. */
package org.lrsweep.schedule;
