/** Plots and the report page, from the result tables alone. */
package org.lrsweep.report;
