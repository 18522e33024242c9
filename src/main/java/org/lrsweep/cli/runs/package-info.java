/** The commands on runs that an output has: list, show, report, export, stop, make again. */
package org.lrsweep.cli.runs;
