/** Trials under cyclical learning rates, run side by side. */
package org.lrsweep.sweep;
