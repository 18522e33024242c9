/** A configured experiment, from data to tables and report. */
package org.lrsweep.experiment;
