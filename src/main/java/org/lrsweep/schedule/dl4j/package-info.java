/** Schedules as Deeplearning4j takes them; the only part of the room that knows of it. */
package org.lrsweep.schedule.dl4j;
