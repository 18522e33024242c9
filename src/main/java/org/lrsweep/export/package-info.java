/** A run's results in the forms that other tools, and people without the tables, read. */
package org.lrsweep.export;
