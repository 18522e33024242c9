/** The command lines that a run was made by and that come after it, and the files they name. */
package org.lrsweep.experiment.command;
