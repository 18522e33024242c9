/** The commands; the only place that prints and exits. */
package org.lrsweep.cli;
